import DLPrepData

/// One step that looks at earlier rows: over the training rows in their order, then over the test
/// rows as serving would.
struct SequenceFit {
  let table: TrainingTable
  let step: Step
  let number: Int
  let chosen: [Int]

  /// What came of the step.
  struct Result {
    var entry: any FittedSequence
    /// For each chosen column: what stands in its place.
    var columns: [[TrainingColumn]]
    var counts: LedgerCounts
  }

  func run() throws(PrepError) -> Result {
    guard let stage = step.stage as? any SequenceStage else {
      throw PrepError(.internal, "expected a sequence stage", step: step.address)
    }
    do throws(PrepError) {
      return try fit(stage)
    } catch {
      throw error.located(at: step)
    }
  }

  private func orderColumn(_ stage: some SequenceStage) throws(PrepError) -> Int {
    let order = try table.position(of: stage.orderBy ?? "", in: "order_by", of: step)
    let field = table.columns[order].field
    switch field.type {
    case .integer, .float, .date, .timestamp: return order
    case .bool, .category, .text, .vector:
      throw PrepError(
        .type,
        "expected a number, date or timestamp to order by, found '\(field.name)' of type "
          + field.type.name, at: step.place(of: field.name, in: "order_by"))
    }
  }

  private func fit<S: SequenceStage>(_ stage: S) throws(PrepError) -> Result {
    let fields = chosen.map { table.columns[$0].field }
    for field in fields where !stage.accepts(field) {
      throw stage.refusal(of: field, accepts: stage.accepts)
    }
    if chosen.isEmpty {
      let idle = LearnedSequence(stage: stage, columns: [], carried: nil)
      return Result(entry: idle, columns: [], counts: LedgerCounts())
    }
    let keys = try table.groupColumns(of: step)
    let order = try orderColumn(stage)

    var layout = Layout()
    for column in table.columns { layout.append(column.field) }
    let passage = SequencePassage(
      table: table, chosen: chosen, keys: keys, order: order,
      places: layout.replace(fields.map(\.name), by: stage, at: step.address, stage.outputs),
      width: layout.slots)
    let context = RunContext(.training)
    context.step = number
    let columns = passage.places.map(\.column)
    let training = SequenceRun(stage, columns, keys: keys, order: order, from: nil)
    let train = try passage.pass(table.rows.train, { $0.train[$1] }, context, training)
    let carried = stage.carriesState ? training.carried() : nil
    context.mode = .serving
    let serving = SequenceRun(stage, columns, keys: keys, order: order, from: carried)
    let test = try passage.pass(table.rows.test, { $0.test[$1] }, context, serving)
    var counts = LedgerCounts()
    counts.add(context)
    return Result(
      entry: LearnedSequence(stage: stage, columns: fields.map(\.name), carried: carried),
      columns: passage.columns(train, test, stage.common.keepOriginal, step.address),
      counts: counts)
  }
}

/// Takes the parts of all columns that a sequence step needs through its work; slot i of a block
/// is column i of the table.
private struct SequencePassage {
  let table: TrainingTable
  let chosen: [Int]
  let keys: [Int]
  let order: Int
  let places: [(column: SequenceColumn, fields: [Field])]
  let width: Int

  /// What came of each chosen column, output by output and part by part.
  func pass(
    _ rows: [Rows], _ part: (TrainingColumn, Int) -> CachedColumn, _ context: RunContext,
    _ work: any SequenceWork
  ) throws(PrepError) -> [[[CachedColumn]]] {
    var made: [[[CachedColumn]]] = places.map { $0.column.slots.outputs.map { _ in [] } }
    let inputs = Set(keys + [order] + chosen).sorted()
    var waiting = Queue<(number: Int, block: Block)>()
    for (number, rows) in rows.enumerated() {
      let block = Block(slots: width)
      block.rows = rows
      for index in inputs {
        block.columns[index] = try table.cache.view(part(table.columns[index], number))
      }
      work.take(block, context)
      waiting.append((number, block))
      try release()
    }
    work.end()
    try release()
    return made

    /// Keeps what has come of the parts that aren't held back.
    func release() throws(PrepError) {
      while true {
        let isDone = work.release(context)
        if let failure = context.firstFailure {
          throw PrepError(
            failure.code, failure.message, hint: failure.hint, record: failure.record,
            column: failure.column)
        }
        guard isDone, let (number, block) = waiting.popFirst() else { return }
        for (i, place) in places.enumerated() {
          let own = part(table.columns[chosen[i]], number)
          for (k, slot) in place.column.slots.outputs.enumerated() {
            if slot == chosen[i] {
              own.replace(by: block.columns[slot])
              try table.cache.settle(own)
              made[i][k].append(own)
            } else {
              made[i][k].append(try table.cache.put(block.columns[slot]))
            }
          }
        }
      }
    }
  }

  /// What stands in the place of each chosen column.
  func columns(
    _ train: [[[CachedColumn]]], _ test: [[[CachedColumn]]], _ keepsOriginal: Bool,
    _ address: String
  ) -> [[TrainingColumn]] {
    places.enumerated().map { i, place in
      let original = table.columns[chosen[i]]
      return original.followed(
        by: place.fields.enumerated().map { k, field in
          TrainingColumn(field, train: train[i][k], test: test[i][k])
        }, keepsOriginal: keepsOriginal, address)
    }
  }
}

extension TrainingTable {
  /// Where the column stands that a key of a step names.
  func position(of name: String, in key: String, of step: Step) throws(PrepError) -> Int {
    if let found = columns.firstIndex(where: { $0.field.name.utf8.elementsEqual(name.utf8) }) {
      return found
    }
    throw step.absence(of: name, in: key, among: columns.map(\.field.name))
  }

  /// Where the columns stand whose values part the rows into groups.
  func groupColumns(of step: Step) throws(PrepError) -> [Int] {
    var found: [Int] = []
    for name in step.stage.groupColumns {
      let position = try position(of: name, in: "by", of: step)
      if columns[position].field.type.isVector {
        throw PrepError(
          .type, "expected a column with one value a row in 'by', found the vector '\(name)'",
          at: step.place(of: name, in: "by"), hint: "put the step before the one that makes it")
      }
      found.append(position)
    }
    return found
  }
}
