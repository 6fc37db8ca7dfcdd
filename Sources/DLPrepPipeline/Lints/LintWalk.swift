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

  init(_ pipeline: Pipeline) {
    self.pipeline = pipeline
    var columns = pipeline.schema.columns.filter { $0.role != .ignore }.map { column in
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
    for number in pipeline.steps.indices { columns = walk(columns, number) }
  }

  /// The purposes of a step.
  func purposes(_ number: Int) -> Purposes { pipeline.steps[number].stage.purposes }

  /// The declared column with a role; nil where there is none.
  func column(_ role: Role) -> Contract.Column? {
    pipeline.schema.columns.first { $0.role == role }
  }

  /// Takes the columns through a step.
  private mutating func walk(_ columns: [LintColumn], _ number: Int) -> [LintColumn] {
    let step = pipeline.steps[number]
    let selector = step.stage.columns
    var columns = columns + unknown(among: selector?.exactNames ?? [], beside: columns)
    var chosen: [Int] = []
    for i in columns.indices where !step.stage.isKeyed(by: columns[i].field.name) {
      if selector?.admits(likelyFacts(columns[i])) == true { chosen.append(i) }
    }
    self.chosen.append(chosen.map { columns[$0] })
    if let stage = step.stage as? any StructureStage {
      return arranged(columns, by: stage, chosen)
    }
    dropped.append([])
    for i in columns.indices where columns[i].mayBeUsed(by: step.stage) { columns[i].isUsed = true }
    for i in chosen { columns[i].acts.append(number) }
    let isChosen = Set(chosen)
    var after: [LintColumn] = []
    for (i, column) in columns.enumerated() {
      after += isChosen.contains(i) ? made(of: column, number) : [column]
    }
    return after + made(by: step.stage, number, beside: after)
  }

  /// Columns that a step names and the schema doesn't.
  private func unknown(among names: [String], beside columns: [LintColumn]) -> [LintColumn] {
    let known = Set(columns.map(\.field.name))
    return names.filter { !known.contains($0) }.map {
      LintColumn(field: Field($0, .float), isTypeKnown: false, isUsed: true)
    }
  }

  private mutating func arranged(
    _ columns: [LintColumn], by stage: any StructureStage, _ chosen: [Int]
  ) -> [LintColumn] {
    guard let kept = try? stage.arranged(columns.map(\.field), selected: chosen) else {
      dropped.append([])
      return columns
    }
    let stay = Set(kept.map(\.index))
    dropped.append(columns.indices.filter { !stay.contains($0) }.map { columns[$0] })
    return kept.map { index, name in
      var column = columns[index]
      column.field.name = name
      return column
    }
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

  /// The columns that a step makes and names itself, as `derive` does.
  private func made(
    by stage: any Stage, _ number: Int, beside columns: [LintColumn]
  ) -> [LintColumn] {
    guard stage is any BlockStage else { return [] }
    return stage.replacedColumns.filter { name in !columns.contains { $0.field.name == name } }
      .map {
        LintColumn(field: Field($0, .float), isTypeKnown: false, madeBy: number)
      }
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
  fileprivate func mayBeUsed(by stage: any Stage) -> Bool {
    var facts = ColumnFacts(field: field)
    facts.isTypeKnown = isTypeKnown
    let keys = stage.keyColumns + stage.replacedColumns
    return stage.columns?.admits(facts) != false || stage.isKeyed(by: field.name)
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
