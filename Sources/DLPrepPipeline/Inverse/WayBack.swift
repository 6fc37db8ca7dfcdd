import DLPrepData

/// The steps of a fitted pipeline backwards, for some of its output columns: which steps are taken
/// back on which columns of a table, and what can't be.
struct WayBack {
  /// A column on its way back.
  struct Standing {
    /// Its name in the table; of a vector, those of its components.
    var names: [String]
    /// What its values are.
    var type: DataType
    /// The output columns that it comes from.
    var roots: Set<Int>
  }

  /// The steps taken back, the last one first.
  private(set) var steps: [InverseBlock.Step] = []
  /// The columns that came back, by their number.
  private(set) var standing: [Int: Standing] = [:]
  /// Output columns that can't be taken back, with the reason.
  private(set) var refusals: [(roots: Set<Int>, error: PrepError)] = []
  /// Names of columns that kernels read, with their types.
  private(set) var read: [String: DataType] = [:]
  /// Columns that nothing comes back of, since their sources stay.
  private(set) var dropped: Set<String> = []

  private let history: ColumnHistory
  private let fitted: FittedPipeline
  /// Columns that stand in the table and aren't taken back, by their number.
  private var beside: [Int: String] = [:]

  /// Takes the chosen output columns back; `others` are those that stand beside them.
  init(
    _ history: ColumnHistory, of fitted: FittedPipeline, chosen: [Int], others: [Int]
  ) {
    self.history = history
    self.fitted = fitted
    for root in chosen {
      let (field, number) = history.outputs[root]
      standing[number] = Standing(names: field.tableNames, type: field.type, roots: [root])
    }
    for other in others where !history.outputs[other].field.type.isVector {
      beside[history.outputs[other].number] = history.outputs[other].field.name
    }
    for change in history.changes.reversed() { takeBack(change) }
  }

  private mutating func takeBack(_ change: ColumnHistory.Change) {
    let touched = change.outputs.indices.filter { standing[change.outputs[$0]] != nil }
    guard !touched.isEmpty else { return }
    if change.sources.allSatisfy({ standing[$0] != nil }) { return drop(touched, change) }
    let step = fitted.steps[change.step]
    let isOpen = step.stage.inverse != .none && change.needed != Int.max
    let absent = change.outputs.prefix(change.needed).filter { standing[$0] == nil }
    let keys = change.keys.map { standing[$0]?.names ?? beside[$0].map { [$0] } ?? [] }
    if isOpen, absent.isEmpty, !keys.contains([]) {
      return restore(change, keys.map { $0[0] }, step)
    }
    if touched.allSatisfy(change.beside.contains) { return drop(touched, change) }
    var roots: Set<Int> = []
    for position in touched { roots.formUnion(standing[change.outputs[position]]?.roots ?? []) }
    refusals.append((roots, refusal(change, roots, absent, at: step)))
    for position in touched { standing[change.outputs[position]] = nil }
  }

  private mutating func drop(_ touched: [Int], _ change: ColumnHistory.Change) {
    for position in touched {
      guard let column = standing.removeValue(forKey: change.outputs[position]) else { continue }
      dropped.formUnion(column.names)
    }
  }

  private mutating func restore(
    _ change: ColumnHistory.Change, _ keys: [String], _ step: FittedStep
  ) {
    let outputs = change.outputs.map { standing.removeValue(forKey: $0) }
    let roots = outputs.reduce(into: Set<Int>()) { $0.formUnion($1?.roots ?? []) }
    guard let open = change.open else {
      // It is itself as it stands; what was told beside it has nothing to add.
      guard var first = outputs.first ?? nil else { return }
      for column in outputs.dropFirst() { dropped.formUnion(column?.names ?? []) }
      first.roots = roots
      standing[change.sources[0]] = first
      return
    }
    let names = outputs.map { $0?.names ?? [] }
    var operation = InverseBlock.Operation(
      column: history.fields[change.sources[0]].name, sources: [], outputs: names, keys: keys,
      open: open)
    var restored: [String: DataType] = [:]
    var made: [Field] = []
    for (position, source) in change.sources.enumerated() {
      let type = change.types[position]
      var name = "\(step.address) \(source)"
      if let place = change.places[position], let own = names[place].first {
        name = own
        restored[name] = type
      } else {
        made.append(Field(name, type))
      }
      operation.sources.append(name)
      standing[source] = Standing(names: [name], type: type, roots: roots)
    }
    for column in outputs {
      guard let column else { continue }
      for name in column.names where read[name] == nil {
        read[name] = column.type.isVector ? .float : column.type
      }
    }
    for (name, key) in zip(keys, change.keys) where read[name] == nil {
      read[name] = history.fields[key].type
    }
    let gone = names.flatMap { $0 }.filter { restored[$0] == nil }
    if steps.last?.number != change.step {
      steps.append(InverseBlock.Step(number: change.step))
    }
    steps[steps.count - 1].operations.append(operation)
    steps[steps.count - 1].restored.merge(restored) { _, new in new }
    steps[steps.count - 1].gone.formUnion(gone)
    steps[steps.count - 1].made += made
  }

  private func refusal(
    _ change: ColumnHistory.Change, _ roots: Set<Int>, _ absent: [Int], at step: FittedStep
  ) -> PrepError {
    let names = roots.sorted().map { history.outputs[$0].field.name }
    let stage = type(of: step.stage).name
    var reason = "'\(stage)' has no inverse"
    if step.stage.inverse != .none, change.needed != Int.max {
      let missing = absent.isEmpty ? change.keys.filter { standing[$0] == nil } : absent
      let needed = missing.map { "'\(history.fields[$0].name)'" }.joined(separator: ", ")
      reason = "'\(stage)' needs \(needed), too"
    }
    return PrepError(
      .column, "expected columns that can be taken back, found \(shortList(names)): \(reason)",
      at: step.place, step: step.address)
  }
}

extension Field {
  /// The columns that a table has of it.
  var tableNames: [String] { type.isVector ? components : [name] }
}
