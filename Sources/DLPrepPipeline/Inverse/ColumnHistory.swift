import DLPrepData

/// What the serving steps of a fitted pipeline make of its columns: each column as it stands
/// between two changes has a number, those of the input first.
struct ColumnHistory {
  /// How a step turns some columns into others.
  struct Change {
    /// The position of the step.
    var step: Int
    /// The columns before.
    var sources: [Int]
    /// The columns after.
    var outputs: [Int]
    /// How many of the first outputs are needed for the way back.
    var needed: Int
    /// Outputs that are no loss, since their sources stay, by their position.
    var beside: Set<Int>
    /// The columns that tell groups of rows apart.
    var keys: [Int] = []
    /// Opens the way back in given slots: of the sources, each output's, of the keys; nil: the first
    /// output is the source as it stands.
    var open: OpenInverse?
    /// What the sources are when they come back.
    var types: [DataType] = []
    /// By source: the output in whose slot it comes back; nil: in a new one.
    var places: [Int?] = [0]
  }

  typealias OpenInverse = @Sendable (_ sources: [Int], _ outputs: [[Int]], _ keys: [Int]) -> Kernel?

  /// By number: what the column is.
  private(set) var fields: [Field] = []
  /// In the order of the steps.
  private(set) var changes: [Change] = []
  /// What comes out, with its numbers.
  private(set) var outputs: [(field: Field, number: Int)] = []

  /// Follows the columns of a fitted pipeline to its end.
  init(_ fitted: FittedPipeline) throws(PrepError) {
    for input in fitted.inputs { outputs.append((input.field, number(input.field))) }
    for (position, step) in fitted.steps.enumerated() where step.stage.when != .fit {
      switch step.work {
      case .columns(let entries):
        for entry in entries { follow(entry, step, position) }
      case .block(let block, let columns): try follow(block, columns, step, position)
      case .sequence(let sequence):
        for name in sequence.columns {
          guard let at = index(of: name) else { continue }
          replace(at, by: sequence.outputs(for: outputs[at].field), step, position)
        }
      case .rows: break
      case .structure(let kept):
        outputs = kept.compactMap { from, to in
          index(of: from).map { at in
            var column = outputs[at]
            column.field.name = to
            return column
          }
        }
      }
    }
    outputs.removeAll { $0.field.role == .ignore }
  }

  /// Where the column of that name stands now.
  func index(of name: String) -> Int? {
    outputs.firstIndex { $0.field.name.utf8.elementsEqual(name.utf8) }
  }

  private mutating func number(_ field: Field) -> Int {
    fields.append(field)
    return fields.count - 1
  }

  private mutating func follow(_ entry: any FittedColumn, _ step: FittedStep, _ position: Int) {
    guard let at = index(of: entry.column) else { return }
    let field = outputs[at].field
    let made = entry.outputs(for: field)
    replace(at, by: made, step, position)
    guard !made.isEmpty, step.stage.inverse != .none else { return }
    let dummy = Slots(input: 0, outputs: made.map { _ in 0 })
    if entry.openInverse(field, dummy) == nil { return }
    changes[changes.count - 1].types = [entry.restoredType(of: field)]
    changes[changes.count - 1].open = { sources, outputs, keys in
      var slots = Slots(input: sources[0], outputs: outputs.flatMap { $0 })
      slots.keys = keys
      return entry.openInverse(field, slots)
    }
  }

  /// Puts what a step makes of a column in its place.
  private mutating func replace(
    _ at: Int, by made: [Output], _ step: FittedStep, _ position: Int
  ) {
    let original = outputs[at]
    let keeps = step.stage.common.keepOriginal
    let after = outputFields(of: made, from: original.field, by: step.stage, at: step.address)
      .map { (field: $0, number: number($0)) }
    outputs.replaceSubrange(at...at, with: (keeps ? [original] : []) + after)
    guard let first = made.first else { return }
    let isItself = first.value == nil
    changes.append(
      Change(
        step: position, sources: [original.number], outputs: after.map(\.number),
        needed: isItself ? 1 : after.count,
        beside: Set(keeps ? 0..<after.count : isItself ? 1..<after.count : 0..<0),
        keys: step.stage.groupColumns.compactMap { index(of: $0).map { outputs[$0].number } }))
  }

  private mutating func follow(
    _ block: any FittedBlock, _ columns: [String], _ step: FittedStep, _ position: Int
  ) throws(PrepError) {
    let chosen = columns.compactMap { index(of: $0) }.map { outputs[$0] }
    let fates = block.fates(of: chosen.map(\.field))
    let made = try block.made(from: chosen.map(\.field)).map { $0.made(at: step.address) }
    let keeps = step.stage.common.keepOriginal
    var changed: [(source: Int, output: Int)] = []
    for (column, fate) in zip(chosen, fates) where fate != .unchanged {
      guard let at = index(of: column.field.name) else { continue }
      let field = changedField(column.field, fate, by: step.stage, at: step.address)
      let after = field.map { [(field: $0, number: number($0))] } ?? []
      outputs.replaceSubrange(at...at, with: (keeps ? [column] : []) + after)
      if let after = after.first { changed.append((column.number, after.number)) }
    }
    let new = made.map { (field: $0, number: number($0)) }
    outputs += new
    let slots = Array(chosen.indices)
    if step.stage.inverse != .none, block.openInverse(slots, made: Array(new.indices)) != nil {
      let lost = zip(chosen, fates).filter { $0.1 != .unchanged }.map { $0.0 }
      let outputs = changed.map(\.output) + new.map(\.number)
      var change = Change(
        step: position, sources: lost.map(\.number), outputs: outputs, needed: outputs.count,
        beside: Set(keeps ? 0..<outputs.count : 0..<0))
      change.types = lost.map { $0.field.type == .integer ? .float : $0.field.type }
      change.places = lost.map { column in changed.firstIndex { $0.source == column.number } }
      let places = chosen.map { column in lost.firstIndex { $0.number == column.number } }
      let width = changed.count
      change.open = { sources, outputs, _ in
        block.openInverse(
          places.map { $0.map { sources[$0] } ?? -1 },
          made: outputs.dropFirst(width).flatMap { $0 })
      }
      changes.append(change)
      return
    }
    for (source, output) in changed {
      changes.append(
        Change(
          step: position, sources: [source], outputs: [output], needed: 1,
          beside: keeps ? [0] : []))
    }
    if !new.isEmpty {
      // What is only added is no loss; what took the place of others is.
      let gone = zip(chosen, fates).filter { $0.1 == .dropped && !keeps }.map { $0.0.number }
      changes.append(
        Change(
          step: position, sources: gone.isEmpty ? chosen.map(\.number) : gone,
          outputs: new.map(\.number), needed: Int.max,
          beside: gone.isEmpty ? Set(new.indices) : []))
    }
  }
}
