import DLPrepData

/// A column on its way through the steps, as far as the file alone tells.
struct LintColumn {
  /// Its name, type and role.
  var field: Field
  /// Whether the type is known.
  var isTypeKnown: Bool
  /// Whether the schema names it, or it stands for any column of its type.
  var isProbe = false
  /// The numbers of the steps that surely act on it, if it is like most columns.
  var acts: [Int] = []
  /// Whether any step before may have looked at it.
  var isUsed = false
  /// The number of the step that made it.
  var madeBy: Int?
}

/// What the file alone tells of the columns at each step.
///
/// The columns are those of the schema, and a probe for each type, which stands for any column that
/// the schema doesn't name. Facts that only data can tell are taken to be as they mostly are: some
/// values are missing, and there are many distinct ones.
struct LintWalk {
  let pipeline: Pipeline
  /// For each step, the columns that it acts on, as they are before it.
  private(set) var chosen: [[LintColumn]] = []
  /// For each step, the columns that it only takes out.
  private(set) var dropped: [[LintColumn]] = []
  /// The columns as they now stand.
  private var columns: [LintColumn]
  /// Where they stand by name; nil once others have taken their places.
  private var positions: NamePositions?

  init(_ pipeline: Pipeline) {
    self.pipeline = pipeline
    columns = pipeline.schema.columns.filter { $0.role != .ignore }.map { column in
      LintColumn(
        field: Field(column.name, column.type?.dataType ?? .category, role: column.role),
        isTypeKnown: column.type != nil)
    }
    if pipeline.schema.extraColumns == .ignore || pipeline.schema.columns.isEmpty {
      let types: [DataType] = [.integer, .float, .bool, .category, .text, .date, .timestamp]
      // A name that no column can have: none has a NUL byte in it.
      columns += types.map {
        LintColumn(field: Field("\u{0}\($0.name)", $0), isTypeKnown: true, isProbe: true)
      }
    }
    for number in pipeline.steps.indices { walk(number) }
  }

  /// The purposes of a step.
  func purposes(_ number: Int) -> Purposes { pipeline.steps[number].stage.purposes }

  /// The declared column with a role; nil where there is none.
  func column(_ role: Role) -> Contract.Column? {
    pipeline.schema.columns.first { $0.role == role }
  }

  /// Takes the columns through a step.
  private mutating func walk(_ number: Int) {
    let stage = pipeline.steps[number].stage
    let selector = stage.columns
    for name in selector?.exactNames ?? [] where position(of: name) == nil {
      // A column that the step names and the schema doesn't.
      add(LintColumn(field: Field(name, .float), isTypeKnown: false, isUsed: true))
    }
    let choice = selector.map { ColumnChoice($0) }
    let near = stage.namedColumns.map { names in
      Set(names.compactMap { position(of: $0) }).sorted()
    }
    var chosen: [Int] = []
    for i in near ?? Array(columns.indices) where !stage.isKeyed(by: columns[i].field.name) {
      let column = columns[i]
      if choice?.admits(column.field, { likelyFacts(column) }) == true { chosen.append(i) }
    }
    self.chosen.append(chosen.map { columns[$0] })
    if let stage = stage as? any StructureStage { return arrange(by: stage, chosen) }
    dropped.append([])
    let keys = stage.keyColumns + stage.replacedColumns
    for i in near ?? Array(columns.indices)
    where columns[i].mayBeUsed(by: stage, choice, keys) {
      columns[i].isUsed = true
    }
    for i in chosen { columns[i].acts.append(number) }
    replace(chosen, number)
    guard stage is any BlockStage else { return }
    // The columns that a step makes and names itself, as `derive` does.
    for name in stage.replacedColumns where position(of: name) == nil {
      add(LintColumn(field: Field(name, .float), isTypeKnown: false, madeBy: number))
    }
  }

  private mutating func position(of name: String) -> Int? {
    let known = positions ?? NamePositions(columns.map(\.field.name))
    positions = known
    return known[name]
  }

  private mutating func add(_ column: LintColumn) {
    positions?[column.field.name] = columns.count
    columns.append(column)
  }

  /// Puts what a step makes of columns in their places.
  private mutating func replace(_ chosen: [Int], _ number: Int) {
    var made: [Int: [LintColumn]] = [:]
    for i in chosen {
      let own = self.made(of: columns[i], number)
      if own.count == 1, own[0].field.name == columns[i].field.name {
        columns[i] = own[0]
      } else {
        made[i] = own
      }
    }
    if made.isEmpty { return }
    columns = columns.enumerated().flatMap { made[$0] ?? [$1] }
    positions = nil
  }

  private mutating func arrange(by stage: any StructureStage, _ chosen: [Int]) {
    guard let kept = try? stage.arranged(columns.map(\.field), selected: chosen) else {
      dropped.append([])
      return
    }
    let stay = Set(kept.map(\.index))
    dropped.append(columns.indices.filter { !stay.contains($0) }.map { columns[$0] })
    columns = kept.map { index, name in
      var column = columns[index]
      column.field.name = name
      return column
    }
    positions = nil
  }

  /// What a step makes of a column that it acts on.
  private func made(of column: LintColumn, _ number: Int) -> [LintColumn] {
    let step = pipeline.steps[number]
    guard column.isTypeKnown else { return [column] }
    if let stage = step.stage as? any BlockStage { return changed(column, by: stage) }
    guard let outputs = step.stage.plannedOutputs(of: column.field) else { return [column] }
    let fields = outputFields(
      of: outputs, from: column.field, by: step.stage, at: step.address)
    let made = zip(fields, outputs).map { field, output in
      var made = column
      made.field = field
      if output.value != nil || step.stage.common.keepOriginal {
        (made.acts, made.isUsed, made.madeBy) = ([], false, number)
      }
      return made
    }
    return step.stage.common.keepOriginal ? [column] + made : made
  }

  private func changed<S: BlockStage>(_ column: LintColumn, by stage: S) -> [LintColumn] {
    var column = column
    guard stage.accepts(column.field) else { return [column] }
    switch stage.fates(of: [column.field], nil).first {
    case .dropped: return []
    case .changed(let type): column.field.type = type
    case .replaced(let field): column.field.type = field.type
    case .unchanged, .undecided, nil: break
    }
    return [column]
  }
}

extension LintWalk {
  /// Facts of a column as columns mostly are.
  private func likelyFacts(_ column: LintColumn) -> ColumnFacts {
    let actedOn = Set(column.acts.map { pipeline.steps[$0].address })
    let maker = column.madeBy.map { [pipeline.steps[$0].address] } ?? []
    var facts = ColumnFacts(
      field: column.field, actedOn: actedOn, madeBy: actedOn.union(maker))
    facts.isTypeKnown = column.isTypeKnown
    facts.rows = { 1000 }
    facts.missing = { 100 }
    facts.distinct = { min($0 + 1, 500) }
    return facts
  }
}

extension Stage {
  /// What comes of a column before any data; nil where it doesn't work column by column.
  fileprivate func plannedOutputs(of field: Field) -> [Output]? {
    func outputs<S: ColumnStage>(_ stage: S) -> [Output]? {
      stage.accepts(field) ? stage.outputs(for: field, nil) : nil
    }
    if let stage = self as? any ColumnStage { return outputs(stage) }
    guard let stage = self as? any SequenceStage, stage.accepts(field) else { return nil }
    return stage.outputs(for: field)
  }
}

extension LintColumn {
  /// Whether a step may look at it.
  fileprivate func mayBeUsed(
    by stage: any Stage, _ choice: ColumnChoice?, _ keys: [String]
  ) -> Bool {
    func facts() -> ColumnFacts {
      var facts = ColumnFacts(field: field)
      facts.isTypeKnown = isTypeKnown
      return facts
    }
    return choice?.admits(field, facts) != false || stage.isKeyed(by: field.name)
      || keys.contains { $0.utf8.elementsEqual(field.name.utf8) }
  }
}

extension [LintColumn] {
  /// The names of those that the file names, for messages; nil where there is none.
  var named: String? {
    let names = filter { !$0.isProbe }.map(\.field.name)
    guard let first = names.first else { return nil }
    return names.count == 1 ? "column '\(first)'" : "columns \(shortList(names))"
  }
}
