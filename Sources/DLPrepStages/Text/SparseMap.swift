import DLPrepData
import DLPrepPipeline

/// A function from texts to rows of a wide vector; of a category, once per distinct value.
final class SparseMap {
  /// Adds the entries of a text to the row that isn't ended yet, and says whether it is unknown.
  typealias Row = (_ text: Span<UInt8>, _ rows: inout SparseRows) -> Bool

  private let row: Row
  private let onMissing: MissingPolicy
  private let failsUnknown: Bool
  private let missingRow: (inout SparseRows) -> Void
  private var rows: SparseRows
  /// What the values of a dictionary become, by code.
  private var known: SparseRows
  private var isUnknown: [Bool] = []
  private var levels: Levels?

  /// A function whose values are whole numbers or not; `missing` adds the entries of missing rows.
  init(
    isWhole: Bool, _ onMissing: MissingPolicy,
    missing: @escaping (inout SparseRows) -> Void = { _ in }, failsUnknown: Bool = false,
    _ row: @escaping Row
  ) {
    self.row = row
    self.onMissing = onMissing
    self.failsUnknown = failsUnknown
    missingRow = missing
    rows = SparseRows(isWhole: isWhole)
    known = rows
  }

  /// Makes a column the vectors of its texts.
  func apply(_ slot: Int, of block: Block, _ run: RunContext) {
    let column = block.columns[slot]
    if onMissing == .error { run.failMissing(column, of: block) }
    var missing = column.missing
    var unknown: [Int] = []
    rows.removeAll()
    let isCategory = column.storage == .codes
    if isCategory, let levels = column.levels { update(levels) }
    let strings = (isCategory ? column.levels?.strings : column.text) ?? ByteStrings()
    let bytes = strings.bytes.span
    for row in 0..<column.count {
      if missing[row] {
        missingRow(&rows)
        rows.endRow()
        continue
      }
      let i = isCategory ? Int(column.codes[row]) : row
      if isCategory, i < known.count {
        rows.append(known, i)
        if isUnknown[i] { unknown.append(row) }
      } else {
        if self.row(bytes.extracting(strings.range(i)), &rows) { unknown.append(row) }
        rows.endRow()
      }
    }
    report(unknown, block, run)
    if onMissing == .category || onMissing == .ignore { missing.clear() }
    column.prepare(.sparse, count: column.count)
    swap(&column.sparse, &rows)
    rows.isWhole = column.sparse.isWhole
    column.missing = missing
  }

  /// Works out the values of a dictionary that are new, as far as there is room for them.
  private func update(_ levels: Levels) {
    if self.levels !== levels || levels.count < known.count {
      known.removeAll()
      isUnknown.removeAll()
      self.levels = levels
    }
    guard known.count < levels.count, known.byteCount <= CodeReader.limit else { return }
    let strings = levels.strings
    let bytes = strings.bytes.span
    for code in known.count..<levels.count where known.byteCount <= CodeReader.limit {
      isUnknown.append(row(bytes.extracting(strings.range(code)), &known))
      known.endRow()
    }
  }

  private func report(_ unknown: [Int], _ block: Block, _ run: RunContext) {
    run.count("unseen", unknown.count)
    guard failsUnknown, let row = unknown.first(where: { block.removed?[$0] != true }) else {
      return
    }
    run.fail(
      row, of: block, .unseen, "expected values seen at fit, found another one",
      hint: "fit on data that has it, or choose another 'unknown:'")
  }
}
