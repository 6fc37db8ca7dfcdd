import DLPrepData

/// Which undeclared columns have a type that something asks for: one rule for a stream and a fit,
/// so that both give the same cells.
///
/// - A column is *inferred* where a selector asks for its type, where a step treats it by its type
///   or learns from its values, and where it is the target of a supervised step.
/// - It is *text* where the first step that looks at its values takes them as they stand, as `cast`
///   and `clean_text` do.
/// - Else it *passes*: only whether it is missing matters. Tables in text show it as it was read;
///   where numbers are written, it has an inferred type.
struct TypeNeeds {
  /// What is made of one column's type.
  enum Need: Int {
    case passes
    case text
    case inferred
  }

  /// A column on its way through the steps whose type is still that of the input, or text if that
  /// is text.
  private struct Walked {
    var input: Int
    var field: Field
    var actedOn: Set<String> = []
    var madeBy: Set<String> = []

    var facts: ColumnFacts {
      var facts = ColumnFacts(field: field, actedOn: actedOn, madeBy: madeBy)
      facts.isTypeKnown = false
      return facts
    }
  }

  /// By input; nil where the type is known.
  private(set) var needs: [Need?]
  private var columns: [Walked] = []
  /// Where they stand by name; nil once others have taken their places.
  private var positions: NamePositions?

  /// Follows the columns whose type isn't known through the steps of a pipeline.
  init(_ pipeline: Pipeline, _ inputs: [InputColumn], isUnknown: [Bool]) {
    needs = isUnknown.map { $0 ? .passes : nil }
    for (i, input) in inputs.enumerated() where isUnknown[i] {
      columns.append(Walked(input: i, field: Field(input.name, .text, role: input.role)))
    }
    if pipeline.split?.method == .time { inferPassing(.time) }
    for step in pipeline.steps {
      if step.stage.isSupervised { inferPassing(.target) }
      if step.stage.usesWeights { inferPassing(.weight) }
      inferKeys(of: step.stage)
      guard let selector = step.stage.columns else { continue }
      let choice = ColumnChoice(selector)
      let replaced = NamePositions(step.stage.replacedColumns)
      let near = step.stage.namedColumns.map { positions(of: $0) }
      var chosen: [Int] = []
      for i in near ?? Array(columns.indices) {
        let column = columns[i]
        let isReplaced = replaced[column.field.name] != nil
        let verdict = isReplaced ? true : choice.admits(column.field) { column.facts }
        if verdict == nil, selector.needsTypes { needs[column.input] = .inferred }
        if verdict != false { chosen.append(i) }
      }
      act(step, chosen)
    }
  }

  /// Where columns of the given names stand, in order.
  private mutating func positions(of names: [String]) -> [Int] {
    let known = positions ?? NamePositions(columns.map(\.field.name))
    positions = known
    return Set(names.compactMap { known[$0] }).sorted()
  }

  private mutating func inferPassing(_ role: Role) {
    for column in columns where column.field.role == role && needs[column.input] == .passes {
      needs[column.input] = .inferred
    }
  }

  /// Rows are grouped and ordered by what values mean.
  private mutating func inferKeys(of stage: any Stage) {
    guard stage is any SequenceStage || !stage.groupColumns.isEmpty else { return }
    for column in columns
    where stage.isKeyed(by: column.field.name) && needs[column.input] == .passes {
      needs[column.input] = .inferred
    }
  }

  private mutating func act(_ step: Step, _ chosen: [Int]) {
    guard step.stage is any StructureStage || !chosen.isEmpty else { return }
    switch step.stage {
    case let stage as any ColumnStage:
      var made: [Int: [Walked]] = [:]
      for i in chosen {
        let own = walked(columns[i], stage, step.address)
        if own.count == 1, own[0].field.name == columns[i].field.name {
          columns[i] = own[0]
        } else {
          made[i] = own
        }
      }
      if made.isEmpty { return }
      columns = columns.enumerated().flatMap { made[$0] ?? [$1] }
      positions = nil
    case let stage as any StructureStage:
      guard let kept = try? stage.arranged(columns.map(\.field), selected: chosen) else { return }
      columns = kept.map { index, name in
        var column = columns[index]
        column.field.name = name
        return column
      }
      positions = nil
    default:
      for i in chosen {
        if step.stage.looksAtValues, needs[columns[i].input] == .passes {
          needs[columns[i].input] = .inferred
        }
        columns[i].actedOn.insert(step.address)
      }
    }
  }

  /// What comes of a column, as far as its type isn't known from then on.
  private mutating func walked<S: ColumnStage>(
    _ column: Walked, _ stage: S, _ address: String
  ) -> [Walked] {
    if needs[column.input] == .passes { needs[column.input] = need(column.field, stage) }
    var original = column
    original.actedOn.insert(address)
    // What an unaccepted column would become, no one can tell; the run refuses it.
    guard needs[column.input] != .inferred, stage.accepts(column.field) else { return [original] }
    let outputs = stage.outputs(for: column.field, nil)
    var asCategory = column.field
    asCategory.type = .category
    let others = stage.accepts(asCategory) ? stage.outputs(for: asCategory, nil) : outputs
    let fields = outputFields(of: outputs, from: column.field, by: stage, at: address)
    var made: [Walked] = stage.common.keepOriginal ? [original] : []
    for (i, field) in fields.enumerated() where field.type == .text {
      // A cast to text is text, whatever the column was.
      if i < others.count, others[i].type == .text, outputs[i].value == nil { continue }
      var next = original
      next.field = field
      if field.name != column.field.name { (next.actedOn, next.madeBy) = ([], []) }
      next.madeBy.insert(address)
      made.append(next)
    }
    return made
  }

  /// What a stage makes of the type of a column that no step has looked at yet.
  private func need<S: ColumnStage>(_ field: Field, _ stage: S) -> Need {
    if stage.dependsOnTypes || !stage.accepts(field) { return .inferred }
    if stage.needs(field, known: Answers()).contains(where: { $0 != .count }) { return .inferred }
    return stage.looksAtValues ? .text : .passes
  }
}
