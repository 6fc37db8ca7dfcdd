import DLPrepData

/// Records whose cells stand as text in a buffer, of whatever format.
protocol CellRecords: RecordBlock {
  var file: String { get }
  var columnNames: [String] { get }
  var options: InputOptions { get }
  var tally: Tally { get }
  /// Which records the rows are.
  var rows: Rows { get }
  /// What one worker keeps from block to block.
  var cellReader: CellReader { get }
  /// Records refused by the last `parse`.
  var parseRejects: [RejectedRecord] { get set }
  /// The cells of a column of the input.
  func cells(_ index: Int) -> CellColumn?
}

/// What reading cells needs from block to block: the opened plan, and memory for odd cells.
final class CellReader {
  private var opened: CellPlan?
  let scratch = Scratch()
  let digits = Scratch()

  /// The plan opened, once for all blocks.
  func open(_ plan: ReadPlan, _ options: InputOptions) throws(PrepError) -> CellPlan {
    if let opened, opened.plan == plan { return opened }
    let made = try CellPlan(plan, options)
    opened = made
    return made
  }
}

extension CellRecords {
  /// Parses the cells of a plan; rows that are `broken` as a whole have no cells.
  func parseCells(
    _ plan: ReadPlan, into block: Block, evidence: inout [Int: TypeEvidence],
    broken: [(row: Int, error: PrepError)] = []
  ) throws(PrepError) {
    let opened = try cellReader.open(plan, options)
    let undone = parseRejects.count
    if undone > 0 { tally.update { $0.rejected -= undone } }
    parseRejects = []
    block.rows = rows
    block.removed = nil
    var misfits = Misfits(opened.action)
    if let first = broken.first { misfits.stop(at: first.row) }
    var times = CellParser.TimeCounts()
    var tiles = CellTiles()
    for (index, column) in plan.columns.enumerated() {
      guard let source = column.source, let cells = cells(source) else {
        block.columns[column.slot].makeMissing(
          column.type, count: count, block.dictionaries[column.slot])
        continue
      }
      let parser = CellParser(
        plan: opened, column: column, cells: cells, scratch: cellReader.scratch,
        digits: cellReader.digits, firstRecord: firstRecord, misfits: misfits,
        evidence: evidence[column.slot] ?? .init())
      let target = block.columns[column.slot]
      if tiles.take(parser, into: target) { continue }
      parser.parse(index, into: target, levels: block.dictionaries[column.slot])
      misfits = parser.misfits
      times.moved += parser.times.moved
      times.ambiguous += parser.times.ambiguous
      times.unzoned += parser.times.unzoned
      keep(parser, &evidence)
    }
    tiles.parse(rows: count, misfits: &misfits)
    for parser in tiles.parsers { keep(parser, &evidence) }
    if times.moved + times.ambiguous + times.unzoned > 0 {
      let counted = times
      tally.update {
        $0.movedTimes += counted.moved
        $0.ambiguousTimes += counted.ambiguous
        $0.unzonedTimes += counted.unzoned
      }
    }
    if misfits.kept > 0 {
      let kept = misfits.kept
      tally.update { $0.unread += kept }
    }
    if misfits.rows.isEmpty && broken.isEmpty { return }
    if let failure = settle(misfits, broken, block) { throw failure }
  }

  /// Keeps what a parser has seen of a column whose type is a guess.
  private func keep(_ parser: CellParser, _ evidence: inout [Int: TypeEvidence]) {
    guard parser.column.isGuess else { return }
    if let overflow = parser.overflow { parser.evidence.overflow = error(overflow) }
    evidence[parser.column.slot] = parser.evidence
  }

  private func error(_ misfit: Misfit) -> PrepError {
    let record = rows[misfit.row]
    let name = columnNames[misfit.source]
    return PrepError(
      .cast, misfit.message(column: name), at: place(ofRecord: record, column: misfit.source),
      hint: misfit.hint(column: name), record: record)
  }

  /// Ends the run with what is wrong first, or takes the rows out.
  private func settle(
    _ misfits: Misfits, _ broken: [(row: Int, error: PrepError)], _ block: Block
  ) -> PrepError? {
    let rows = block.rows
    switch misfits.action {
    case .error:
      if let misfit = misfits.byRow[misfits.first] { return error(misfit) }
      guard let first = broken.first else { return nil }
      var error = first.error
      error.record = rows[first.row]
      return error
    case .keep:
      // A record that can't be read at all is one without fields.
      tally.update { $0.padded += broken.count }
      return nil
    case .reject: break
    }
    var removed = Bitmap(count: count)
    for row in misfits.rows {
      guard let misfit = misfits.byRow[row] else { continue }
      removed[row] = true
      let name = columnNames[misfit.source]
      refuse(rows[row], .cast, misfit.message(column: name), (misfit.source, name))
    }
    for (row, error) in broken {
      removed[row] = true
      refuse(rows[row], error.code, error.message, nil)
    }
    parseRejects.sort { $0.record < $1.record }
    block.removed = removed
    let refused = parseRejects.count
    tally.update { $0.rejected += refused }
    return nil
  }

  private func refuse(
    _ record: Int, _ code: PrepError.Code, _ message: String, _ column: (index: Int, name: String)?
  ) {
    let raw = raw(ofRecord: record)
    parseRejects.append(
      RejectedRecord(
        file: file, record: record, line: raw.line, byteOffset: raw.offset,
        columnIndex: column?.index, columnName: column?.name, code: code, message: message,
        bytes: Array(raw.bytes.prefix(RejectedRecord.shownBytes))))
  }
}

extension RejectedRecord {
  /// How much of a very long record is kept.
  static var shownBytes: Int { 1 << 16 }
}

extension Column {
  /// All rows missing, for a column that isn't in the input.
  func makeMissing(_ type: CellType, count: Int, _ dictionary: Levels) {
    switch type {
    case .float: prepare(.floats, count: count)
    case .integer, .date, .timestamp: prepare(.integers, count: count)
    case .bool: prepare(.flags, count: count)
    case .category:
      prepare(.codes, count: count)
      levels = dictionary
      for row in 0..<count { codes[row] = -1 }
    case .text:
      prepare(.text, count: count)
      for _ in 0..<count { text.ends.append(0) }
    }
    missing.fill()
  }
}
