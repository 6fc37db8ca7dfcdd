import DLPrepData

extension CSVRecords {
  func parse(
    _ plan: ReadPlan, into block: Block, evidence: inout [Int: TypeEvidence]
  ) throws(PrepError) {
    let opened = try open(plan)
    let undone = parseRejects.count
    if undone > 0 { source.tally.update { $0.rejected -= undone } }
    parseRejects = []
    block.rows = rows
    block.removed = nil
    var misfits = Misfits(opened.action)
    var times = CellParser.TimeCounts()
    var failure: PrepError?
    unsafe (spans ?? []).withUnsafeBufferPointer { spans in
      for (index, column) in plan.columns.enumerated() {
        guard let cells = unsafe cells(column, spans) else {
          missing(block.columns[column.slot], column, block.dictionaries[column.slot])
          continue
        }
        let parser = CellParser(
          plan: opened, column: column, cells: cells, scratch: scratch, digits: digits,
          firstRecord: firstRecord, misfits: misfits, evidence: evidence[column.slot] ?? .init())
        parser.parse(
          index, into: block.columns[column.slot], levels: block.dictionaries[column.slot])
        misfits = parser.misfits
        times.moved += parser.times.moved
        times.ambiguous += parser.times.ambiguous
        if column.isGuess {
          if let overflow = parser.overflow { parser.evidence.overflow = error(overflow) }
          evidence[column.slot] = parser.evidence
        }
      }
    }
    if times.moved + times.ambiguous > 0 {
      let counted = times
      source.tally.update {
        $0.movedTimes += counted.moved
        $0.ambiguousTimes += counted.ambiguous
      }
    }
    if !misfits.rows.isEmpty { failure = settle(misfits, block) }
    if let failure { throw failure }
  }

  /// The plan opened, once for all blocks.
  private func open(_ plan: ReadPlan) throws(PrepError) -> CellPlan {
    if let opened, opened.plan == plan { return opened }
    let made = try CellPlan(plan, source.options)
    opened = made
    return made
  }

  /// Where a column's cells stand; nil where the input lacks it.
  private func cells(_ column: ReadColumn, _ spans: UnsafeBufferPointer<UInt32>) -> CellColumn? {
    guard let index = column.source, index < width else { return nil }
    let quote = hasQuotes ? CSVSource.quote : 0
    let escape = source.options.escape ?? 0
    if self.spans != nil {
      guard let base = spans.baseAddress else { return nil }
      return unsafe CellColumn(
        bytes: buffer.bytes, starts: base + index * 2, startStep: width * 2, startSkip: 0,
        ends: base + index * 2 + 1, endStep: width * 2, rows: count, trimsCR: false,
        quote: quote, escape: escape)
    }
    let ends = unsafe positions.values
    return unsafe CellColumn(
      bytes: buffer.bytes, starts: index == 0 ? starts.values : ends + (index - 1),
      startStep: index == 0 ? 1 : width, startSkip: index == 0 ? 0 : 1, ends: ends + index,
      endStep: width, rows: count, trimsCR: index == width - 1, quote: quote, escape: escape)
  }

  /// A column that isn't in the input.
  private func missing(_ target: Column, _ column: ReadColumn, _ levels: Levels) {
    switch column.type {
    case .float: target.prepare(.floats, count: count)
    case .integer, .date, .timestamp: target.prepare(.integers, count: count)
    case .bool: target.prepare(.flags, count: count)
    case .category:
      target.prepare(.codes, count: count)
      target.levels = levels
      for row in 0..<count { target.codes[row] = -1 }
    case .text:
      target.prepare(.text, count: count)
      for _ in 0..<count { target.text.ends.append(0) }
    }
    target.missing.fill()
  }

  private func columnName(_ index: Int) -> String { source.columns[index] }

  private func error(_ misfit: Misfit) -> PrepError {
    let record = rows[misfit.row]
    let name = columnName(misfit.source)
    return PrepError(
      .cast, misfit.message(column: name), at: place(ofRecord: record, column: misfit.source),
      hint: misfit.hint(column: name), record: record)
  }

  /// Ends the run with the first bad cell, or takes the rows out.
  private func settle(_ misfits: Misfits, _ block: Block) -> PrepError? {
    if misfits.action == .error {
      return misfits.byRow[misfits.first].map { error($0) }
    }
    var removed = Bitmap(count: count)
    let rows = block.rows
    for (row, misfit) in misfits.byRow.sorted(by: { $0.key < $1.key }) {
      removed[row] = true
      let name = columnName(misfit.source)
      var raw = raw(ofRecord: rows[row])
      raw.bytes = Array(raw.bytes.prefix(RejectedRecord.shownBytes))
      parseRejects.append(
        RejectedRecord(
          file: source.name, record: rows[row], line: raw.line, byteOffset: raw.offset,
          columnIndex: misfit.source, columnName: name, code: .cast,
          message: misfit.message(column: name), bytes: raw.bytes))
    }
    block.removed = removed
    let refused = parseRejects.count
    source.tally.update { $0.rejected += refused }
    return nil
  }
}
