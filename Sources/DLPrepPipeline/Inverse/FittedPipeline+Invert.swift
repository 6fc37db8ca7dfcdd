public import DLPrepData

/// The way back from output columns to input columns, as a pipeline that reads a table of them.
package struct InvertedPipeline: Sendable {
  /// What takes the table's columns back.
  package let pipeline: FittedPipeline
  /// What the user should be told of columns that stay as they are, or are left out.
  package let notes: [String]
}

extension FittedPipeline {
  /// The pipeline that takes output columns, as a table holds them, back to the input columns that
  /// they come from; all other columns of the table pass.
  ///
  /// Without a selector these are all columns that can be taken back. The types are those of
  /// columns that pass, by name; text where there is none.
  package func inverted(
    _ selector: Selector?, of source: any TableSource, _ input: InputOptions,
    types: [String: CellType] = [:]
  ) throws(PrepError) -> InvertedPipeline {
    let history = try ColumnHistory(self)
    let present = Set(source.columns)
    let known = history.outputs.indices.filter {
      history.outputs[$0].field.tableNames.contains(where: present.contains)
    }
    var chosen = try history.chosen(selector, among: known, in: source, present)
    var back = WayBack(history, of: self, chosen: chosen, others: known.excluding(chosen))
    var notes: [String] = []
    while let refusal = back.refusals.first {
      if selector != nil {
        var error = refusal.error
        let possible = known.filter { root in
          let alone = WayBack(history, of: self, chosen: [root], others: known)
          return alone.refusals.isEmpty && !alone.standing.isEmpty
        }
        error.hint = hint(possible.map { history.outputs[$0].field.name })
        throw error
      }
      let lost = back.refusals.reduce(into: Set<Int>()) { $0.formUnion($1.roots) }
      notes += back.refusals.map { refusal in
        let names = refusal.roots.sorted().map { history.outputs[$0].field.name }
        let step = refusal.error.step ?? ""
        return "\(shortList(names)) can't be taken back through step '\(step)', and stays as it is"
      }
      chosen.removeAll { lost.contains($0) }
      back = WayBack(history, of: self, chosen: chosen, others: known.excluding(chosen))
    }
    let dropped = source.columns.filter(back.dropped.contains)
    if !dropped.isEmpty {
      notes.append("\(shortList(dropped)) was made of columns that are there, and is left out")
    }
    if back.standing.isEmpty {
      throw PrepError(
        .column, "expected output columns that can be taken back, found none",
        at: Place(file: source.name),
        hint: hint(history.outputs.map(\.field.name)))
    }
    let target = chosen.map { history.outputs[$0].field }.first { $0.role == .target }
    let numbers = target.flatMap { ClassNumbers($0, classes, in: source) }
    return InvertedPipeline(
      pipeline: try pipeline(back, history, source, input, types, numbers), notes: notes)
  }

  private func hint(_ names: [String]) -> String {
    names.isEmpty ? "no column can be" : "those are \(shortList(names))"
  }

  private func pipeline(
    _ back: WayBack, _ history: ColumnHistory, _ source: any TableSource, _ input: InputOptions,
    _ types: [String: CellType], _ numbers: ClassNumbers?
  ) throws(PrepError) -> FittedPipeline {
    var order = source.columns
    var inverted = [numbers?.step].compactMap(\.self)
    for step in back.steps {
      let own = step.names
      let columns = order.filter(own.contains)
      let original = steps[step.number]
      inverted.append(
        FittedStep(
          address: original.address, stage: Inversion(), place: original.place,
          work: .block(InverseBlock(step: step, columns: columns), columns: columns)))
      order.removeAll(where: step.gone.contains)
      order += step.made.map(\.name)
    }
    let arranged = try back.arranged(order, history, inputs, source)
    inverted.append(
      FittedStep(
        address: "invert", stage: Inversion(), place: nil, work: .structure(arranged)))
    var plain = Pipeline()
    plain.name = self.pipeline.name
    plain.input = input
    plain.output.dtype = self.pipeline.output.dtype
    let columns = source.columns.enumerated().map { position, name in
      let own = name == numbers?.column ? numbers?.read : nil
      let type =
        own ?? back.read[name].map { $0.cellType } ?? types[name] ?? source.type(ofColumn: position)
      let role = back.role(of: name, inputs) ?? .id
      return InputColumn(name: name, type: type ?? .text, role: role)
    }
    return FittedPipeline(pipeline: plain, inputs: columns, steps: inverted)
  }
}

extension ColumnHistory {
  /// The output columns that a selector chooses of those that are in a table.
  fileprivate func chosen(
    _ selector: Selector?, among known: [Int], in source: any TableSource, _ present: Set<String>
  ) throws(PrepError) -> [Int] {
    func isWhole(_ root: Int) -> Bool {
      outputs[root].field.tableNames.allSatisfy(present.contains)
    }
    guard let selector else { return known.filter(isWhole) }
    if selector.needsData {
      throw PrepError(
        .usage, "expected names, patterns, types or roles, found '\(selector.text)'",
        at: Place(file: "--select"), hint: "facts like cardinality are known at fit only")
    }
    let mentioned = selector.exactNames
    for name in mentioned { try check(name, source) }
    let chosen = known.filter { root in
      let field = outputs[root].field
      return selector.admits(ColumnFacts(field: field)) == true
        || field.components.contains(where: mentioned.contains)
    }
    if let partial = chosen.first(where: { !isWhole($0) }) {
      let absent = outputs[partial].field.tableNames.first { !present.contains($0) } ?? ""
      throw PrepError(
        .schema, "expected a column '\(absent)' beside its neighbours, found none",
        at: Place(file: source.name), hint: "a vector is taken back as a whole")
    }
    return chosen
  }

  /// Refuses a name that is no output column, or isn't in the table.
  private func check(_ name: String, _ source: any TableSource) throws(PrepError) {
    guard let field = outputs.first(where: { $0.field.isCalled(name) })?.field else {
      let made = outputs.filter { $0.field.sources.contains(name) }.map(\.field.name)
      throw PrepError(
        .column, "expected an output column, found '\(name)'", at: Place(file: "--select"),
        hint: made.isEmpty
          ? suggestion(for: name, among: outputs.map(\.field.name))
            ?? "there are \(shortList(outputs.map(\.field.name)))"
          : "of it came \(shortList(made))")
    }
    if !field.tableNames.contains(where: source.columns.contains) {
      throw PrepError(
        .schema, "expected a column '\(field.tableNames.first ?? name)', found none",
        at: Place(file: source.name), hint: suggestion(for: name, among: source.columns))
    }
  }
}

extension Field {
  fileprivate func isCalled(_ name: String) -> Bool {
    self.name == name || components.contains(name)
  }
}

extension WayBack {
  /// The columns that are left, each in the place of what it came from, under the input's names.
  fileprivate func arranged(
    _ left: [String], _ history: ColumnHistory, _ inputs: [InputColumn], _ source: any TableSource
  ) throws(PrepError) -> [(from: String, to: String)] {
    var names: [String: String] = [:]
    var places: [String: Int] = [:]
    for (number, column) in standing {
      guard number < inputs.count, let name = column.names.first else { continue }
      names[name] = inputs[number].name
      let roots = column.roots.flatMap { history.outputs[$0].field.tableNames }
      places[name] = source.columns.firstIndex(where: roots.contains)
    }
    var seen: Set<String> = []
    var kept: [(at: Int, from: String, to: String)] = []
    for (position, name) in left.enumerated() where !dropped.contains(name) {
      let to = names[name] ?? name
      guard seen.insert(to).inserted else {
        throw PrepError(
          .collision, "expected one column '\(to)', found one that comes back and one in the table",
          at: Place(file: source.name), hint: "leave one of them out of the table")
      }
      let own = places[name] ?? source.columns.firstIndex(of: name) ?? source.columns.count
      kept.append((own * (left.count + 1) + position, name, to))
    }
    return kept.sorted { $0.at < $1.at }.map { ($0.from, $0.to) }
  }

  /// The role of the input column that a column of the table comes back as.
  fileprivate func role(of name: String, _ inputs: [InputColumn]) -> Role? {
    standing.first { number, column in number < inputs.count && column.names.contains(name) }
      .map { inputs[$0.key].role }
  }
}

extension DataType {
  /// How a column of the type is read that a pipeline has written.
  fileprivate var cellType: CellType {
    switch self {
    case .integer: .integer(takesDecimals: true)
    case .float, .vector: .float
    case .bool: .bool(lenient: true)
    case .category: .category
    case .text: .text
    case .date: .date(format: nil)
    case .timestamp: .timestamp(format: nil, timezone: nil)
    }
  }
}

extension [Int] {
  /// Without some.
  fileprivate func excluding(_ others: [Int]) -> [Int] {
    let others = Set(others)
    return filter { !others.contains($0) }
  }
}

extension FittedPipeline {
  /// Takes output columns of a table back to the input columns that they come from; without a
  /// selector all that can be.
  ///
  /// ```swift
  /// let prices = try fitted.invert(Table(["price": .float(predictions)]), select: ["price"])
  /// ```
  /// All other columns pass. Numbers of a target's classes become the classes. Each stage says whether its `inverse` is exact, lossy or none.
  public func invert(_ table: Table, select: Selector? = nil) throws(PrepError) -> Table {
    let source = TableReader(table)
    return try inverted(select, of: source, pipeline.input).pipeline.apply(to: source)
  }
}
