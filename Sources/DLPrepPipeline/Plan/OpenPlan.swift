package import DLPrepData

/// The steps of a fitted pipeline, opened for one worker: kernels in order, slots fixed.
package final class OpenPlan {
  /// One kernel with what messages need to know of it.
  struct Operation {
    var step: Int
    var column: String
    var kernel: Kernel
    /// What holds blocks back, where the step looks ahead.
    var gate: (any SequenceWork)?
  }

  private(set) var operations: [Operation] = []
  /// The columns that come out.
  package private(set) var layout: Layout
  /// The slots that any kernel reads.
  private(set) var readSlots: Set<Int> = []
  /// Where the last column was found: the next one is most likely there or behind it.
  private var last = 0

  /// Opens every step that acts in serving, or in training, on columns as the layout has them.
  package init(
    _ steps: [FittedStep], from layout: Layout, isTraining: Bool
  ) throws(PrepError) {
    self.layout = layout
    for (number, step) in steps.enumerated() where isTraining || step.stage.when != .fit {
      switch step.work {
      case .columns(let entries): try open(entries, of: step, number)
      case .block(let block, let columns): try open(block, columns, of: step, number)
      case .sequence(let sequence): try open(sequence, of: step, number)
      case .rows: break
      case .structure(let kept):
        self.layout.arrange(kept)
      }
      try self.layout.checkNames(at: FittedStepName(address: step.address, place: step.place))
    }
  }

  /// The operations that hold blocks back, because their step looks ahead.
  var gates: [Int] { operations.indices.filter { operations[$0].gate != nil } }

  /// Runs the kernels on a block, from one on: every one, or up to an operation that holds the
  /// block back, which is returned.
  package func run(
    _ block: Block, _ run: RunContext, from start: Int, _ watch: StopWatch?
  ) -> Int? {
    var step: Int?
    var stop: Int?
    for i in operations[start...].indices {
      let number = operations[i].step
      if let watch, let step, step != number {
        watch.lap(.step, step: step, rows: block.count)
      }
      step = number
      run.step = number
      run.column = operations[i].column
      operations[i].kernel(block, run)
      if operations[i].gate != nil {
        stop = i
        break
      }
    }
    if let watch, let step { watch.lap(.step, step: step, rows: block.count) }
    return stop
  }

  /// Whether an operation that holds blocks back lets the earliest one go.
  func release(_ operation: Int, _ run: RunContext) -> Bool {
    run.step = operations[operation].step
    return operations[operation].gate?.release(run) ?? false
  }

  /// Tells an operation that holds blocks back that no more come.
  func end(_ operation: Int) { operations[operation].gate?.end() }

  private func open(
    _ entries: [any FittedColumn], of step: FittedStep, _ number: Int
  )
    throws(PrepError)
  {
    let keys = try step.stage.groupColumns.map { name throws(PrepError) in
      try slot(of: name, at: step)
    }
    for entry in entries {
      guard let index = position(of: entry.column) else {
        if entry.role == .target { continue }
        throw PrepError(
          .artifact, "expected a column '\(entry.column)', found none", step: step.address)
      }
      let field = layout.columns[index].field
      try step.checking { () throws(PrepError) in try entry.check(for: field) }
      let outputs = entry.outputs(for: field)
      let fields = outputFields(of: outputs, from: field, by: step.stage, at: step.address)
      var (slots, copyFrom) = layout.replace(
        at: index, by: outputs, fields: fields, keepOriginal: step.stage.common.keepOriginal)
      slots.keys = keys
      readSlots.formUnion(keys + [copyFrom ?? slots.input])
      if let copyFrom {
        append(number, field) { block, _ in
          block.columns[slots.input].assign(block.columns[copyFrom])
        }
      }
      if !outputs.isEmpty { append(number, field, entry.open(field, slots)) }
    }
  }

  private func open(
    _ block: any FittedBlock, _ columns: [String], of step: FittedStep, _ number: Int
  ) throws(PrepError) {
    var positions: [Int] = []
    var absent: [String] = []
    for name in columns {
      if let position = position(of: name) {
        positions.append(position)
      } else {
        absent.append(name)
      }
    }
    // In table order, as the slots will be.
    positions.sort()
    var block = block
    if !absent.isEmpty {
      let rest = try step.checking { () throws(PrepError) in
        try block.without(absent, leaving: positions.count)
      }
      guard let rest else { return }
      block = rest
    }
    let chosen = positions.map { layout.columns[$0] }
    let fields = chosen.map(\.field)
    try step.checking { () throws(PrepError) in try block.check(for: fields) }
    let made = try block.made(from: fields).map { $0.made(at: step.address) }
    let slots = layout.reshape(
      positions, block.fates(of: fields), made: made, by: step.stage, at: step.address)
    readSlots.formUnion(chosen.map(\.slot))
    for (from, to) in slots.copies {
      operations.append(
        Operation(step: number, column: "") { block, _ in
          block.columns[to].assign(block.columns[from])
        })
    }
    operations.append(
      Operation(step: number, column: "", kernel: block.open(slots.chosen, made: slots.made)))
  }

  private func open(
    _ sequence: any FittedSequence, of step: FittedStep, _ number: Int
  ) throws(PrepError) {
    guard let stage = step.stage as? any SequenceStage, !sequence.columns.isEmpty else { return }
    let keys = try step.stage.groupColumns.map { name throws(PrepError) in
      try slot(of: name, at: step)
    }
    let order = try slot(of: stage.orderBy ?? "", at: step)
    for name in sequence.columns { _ = try slot(of: name, at: step) }
    let places = layout.replace(
      sequence.columns, by: step.stage, at: step.address, sequence.outputs)
    readSlots.formUnion(keys + [order] + places.map { $0.column.copyFrom ?? $0.column.slots.input })
    let work = sequence.open(places.map(\.column), keys: keys, order: order)
    var operation = Operation(step: number, column: "") { block, run in
      work.take(block, run)
      if !work.looksAhead { _ = work.release(run) }
    }
    if work.looksAhead { operation.gate = work }
    operations.append(operation)
  }

  private func slot(of name: String, at step: FittedStep) throws(PrepError) -> Int {
    guard let index = position(of: name) else {
      throw PrepError(.artifact, "expected a column '\(name)', found none", step: step.address)
    }
    return layout.columns[index].slot
  }

  private func position(of name: String) -> Int? {
    let found = layout.index(of: name, from: last)
    last = found ?? last
    return found
  }

  private func append(_ number: Int, _ field: Field, _ kernel: @escaping Kernel) {
    operations.append(
      Operation(step: number, column: field.sources.first ?? field.name, kernel: kernel))
  }
}

extension FittedStep {
  /// Says which step an error comes from.
  fileprivate func checking<Value>(
    _ work: () throws(PrepError) -> Value
  ) throws(PrepError) -> Value {
    do throws(PrepError) {
      return try work()
    } catch {
      throw PrepError(error.code, error.message, hint: error.hint, step: address)
    }
  }
}
