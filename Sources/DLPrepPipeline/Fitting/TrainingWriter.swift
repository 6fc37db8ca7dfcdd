import DLPrepBytes
import DLPrepData
import Synchronization

/// Writes the training data as they stand after the last step, part by part on all workers, with
/// training and test rows merged into the order of the input.
struct TrainingWriter: @unchecked Sendable {
  private let table: TrainingTable
  private let fitted: FittedPipeline
  private let asText: Bool
  /// The columns, those that pass as the text that was read.
  private let own: [TrainingColumn]

  /// `asText`: whether the result is a table in text.
  init(_ table: TrainingTable, _ fitted: FittedPipeline, asText: Bool) {
    self.table = table
    self.fitted = fitted
    self.asText = asText
    let passing = Set(fitted.inputs.filter { asText && $0.passesAsRead }.map(\.name))
    own = table.columns.map { column in
      let field = column.field
      // A column made beside it, such as an indicator, has a value that it stands for.
      guard field.values.isEmpty, let source = field.sources.first, passing.contains(source),
        let copy = table.copies[Pipeline.copyKey(source)]
      else { return column }
      var text = field
      text.type = .text
      return TrainingColumn(text, train: copy.train, test: copy.test)
    }
  }

  private var passthrough: [TrainingColumn] {
    fitted.pipeline.output.passthrough.compactMap { table.copies[Pipeline.copyKey($0)] }
  }

  private var columns: [TrainingColumn] { own + passthrough }

  /// What is written: a slot for each column, then the passed-through ones, then the part.
  func schema() throws(PrepError) -> OutputSchema {
    let own = own.enumerated().map { OutputColumn(field: $1.field, slot: $0) }
    let passed = fitted.pipeline.output.passthrough.enumerated().map { i, name in
      OutputColumn(field: Field(name, .text, role: .id), slot: own.count + i)
    }
    return try OutputSchema(
      fitted, columns: own, passthrough: passed,
      partSlot: fitted.pipeline.split == nil ? nil : own.count + passed.count, asText: asText)
  }

  /// Writes all rows of the wanted part.
  func write(
    into sink: any TableSink, _ options: RunOptions
  ) throws(PrepError) -> (
    rows: Int, leftOut: Int
  ) {
    let schema = try schema()
    let firstRows = firstRows(options.part)
    let next = Atomic(0)
    let gate = Turnstile()
    let slices = BlockSlices(schema)
    let parts = table.rows.train.count
    try Workers.run(max(1, options.threads)) { _ throws(PrepError) in
      let encoder = sink.makeEncoder()
      var encoded = EncodedBlock(outputs: sink.outputs)
      let scratch = columns.map { _ in Column() }
      let watch = StopWatch(options.profile)
      defer { watch.stop() }
      while true {
        let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard part < parts else { return }
        do throws(PrepError) {
          let block = try self.block(part, schema, scratch)
          if let slot = schema.partSlot { _ = block.keep(options.part, partSlot: slot) }
          watch.lap(.assemble, rows: block.count)
          var done = 0
          repeat {
            try encoder.encode(slices.slice(of: block, from: done), into: &encoded)
            watch.lap(.encode, rows: encoded.rows, bytes: encoded.byteCount)
            guard sink.takesAnyOrder || done > 0 || gate.wait(for: part) else { return }
            watch.lap(.wait)
            try sink.write(encoded, firstRow: firstRows[part] + done)
            watch.lap(.write, rows: encoded.rows, bytes: encoded.byteCount)
            done += encoded.rows
          } while done < block.count
          if !sink.takesAnyOrder { gate.advance() }
        } catch {
          gate.cancel()
          throw error
        }
      }
    }
    let rows = firstRows[parts]
    let then = RunProfile.now()
    try sink.finish(rows: rows)
    options.profile?.add(.finish, since: then)
    let all = (table.rows.train + table.rows.test).reduce(0) { $0 + $1.count }
    return (rows, all - rows)
  }

  /// The output row that each part starts with, and the number of all rows.
  private func firstRows(_ part: RunOptions.Part) -> [Int] {
    var starts = [0]
    for (train, test) in zip(table.rows.train, table.rows.test) {
      let rows =
        switch part {
        case .train: train.count
        case .test: fitted.pipeline.split == nil ? train.count : test.count
        case .all: train.count + test.count
        }
      starts.append(starts[starts.count - 1] + rows)
    }
    return starts
  }

  /// The rows of a part in the order of the input; they may stand in `scratch`, which has a column
  /// for each of theirs.
  func block(
    _ part: Int, _ schema: OutputSchema, _ scratch: [Column]? = nil
  ) throws(PrepError) -> Block {
    let columns = columns
    let block = Block(slots: 0)
    let train = table.rows.train[part]
    let test = table.rows.test[part]
    let isMixed = test.count > 0
    let order = isMixed ? RowMerge(train, test) : nil
    block.rows = order?.rows ?? train
    for (i, column) in columns.enumerated() {
      let data = try table.cache.view(column.train[part], scratch?[i])
      if let order {
        let other = try table.cache.view(column.test[part])
        block.columns.append(data.joined(with: other).gathered(order.positions))
      } else {
        block.columns.append(data)
      }
    }
    if schema.partSlot != nil {
      let flags = Column()
      flags.prepare(.flags, count: block.count)
      if let order {
        for (row, position) in order.positions.enumerated() {
          flags.flags[row] = position >= train.count ? 1 : 0
        }
      }
      block.columns.append(flags)
    }
    return block
  }
}

/// The order in which the training and test rows of a part follow each other in the input.
private struct RowMerge {
  let rows: Rows
  /// Positions in the training rows followed by the test rows.
  let positions: [Int]

  init(_ train: Rows, _ test: Rows) {
    let all =
      (0..<train.count).map { (train[$0], $0) }
      + (0..<test.count).map { (test[$0], train.count + $0) }
    let sorted = all.sorted { $0.0 < $1.0 }
    rows = Rows(numbers: sorted.map(\.0))
    positions = sorted.map(\.1)
  }
}
