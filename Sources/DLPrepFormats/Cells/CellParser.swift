import DLPrepData

/// Reads the cells of one column of one block into typed values.
///
/// One function a type, chosen once a column; a cell costs no allocation and no dispatch. What is
/// quick to tell is told in the loop, everything else (quotes, null markers, other number styles,
/// errors) in a second look at the same cell. A class, because a copy of all this in a loop costs
/// more than the loop.
final class CellParser {
  let plan: CellPlan
  let column: ReadColumn
  let cells: CellColumn
  let scratch: Scratch
  /// A second one, for a number whose cell had to be unquoted first.
  let digits: Scratch
  /// The number of the first row's record.
  let firstRecord: Int
  var misfits: Misfits
  var evidence: TypeEvidence
  var times = TimeCounts()

  init(
    plan: CellPlan, column: ReadColumn, cells: CellColumn, scratch: Scratch, digits: Scratch,
    firstRecord: Int, misfits: Misfits, evidence: TypeEvidence
  ) {
    self.plan = plan
    self.column = column
    self.cells = cells
    self.scratch = scratch
    self.digits = digits
    self.firstRecord = firstRecord
    self.misfits = misfits
    self.evidence = evidence
    nulls = plan.nulls
    rows = misfits.needed(cells.rows)
  }

  /// Local times that clocks skip or show twice, and those of no known zone.
  struct TimeCounts {
    var moved = 0
    var ambiguous = 0
    var unzoned = 0
  }

  /// How many rows have to be read: none after the first misfit, where that ends the run.
  var rows: Int
  /// The null markers.
  let nulls: NullMarkers

  /// Reads the column; `index` is its place in the plan.
  func parse(_ index: Int, into target: Column, levels: Levels) {
    switch column.type {
    case .integer(let takesDecimals): integers(target, takesDecimals)
    case .float: floats(target)
    case .bool(let lenient): flags(target, lenient)
    case .category: codes(target, levels)
    case .text: text(target)
    case .date: dates(target, plan.formats[index])
    case .timestamp: timestamps(target, plan.formats[index], plan.zones[index])
    }
  }

  /// The cell's text; nil where it is missing.
  @inline(__always) func text(_ row: Int) -> UnsafeBufferPointer<UInt8>? {
    guard let content = unsafe cells.content(row, scratch) else { return nil }
    return unsafe nulls.contains(content) ? nil : content
  }

  /// A cell that doesn't fit: evidence where the type was a guess, else a misfit.
  func reject(
    _ row: Int, _ cell: UnsafeBufferPointer<UInt8>, _ reason: Misfit.Reason = .wrong
  ) {
    let found = unsafe Array(cell.prefix(Misfit.limit + 1))
    let misfit = Misfit(
      row: row, source: column.source ?? 0, type: column.type, reason: reason, found: found)
    misfits.add(misfit)
    rows = min(rows, misfits.needed(cells.rows))
  }

  /// Takes a cell of a guessed column in as evidence; whether it fits the guess after all.
  func observe(
    _ row: Int, _ cell: UnsafeBufferPointer<UInt8>, as fit: TypeEvidence.Fits
  ) -> Bool {
    let kind = unsafe CellKind(of: cell, plan.style)
    if kind.overflows, evidence.overflow == nil {
      let found = unsafe Array(cell.prefix(Misfit.limit + 1))
      let misfit = Misfit(
        row: row, source: column.source ?? 0, type: .float, reason: .overflow, found: found)
      overflow = misfit
      // Placed and worded by the reader, which knows names and lines.
      evidence.overflow = PrepError(.cast, "", record: firstRecord + row)
    }
    return evidence.take(kind).contains(fit) && !kind.overflows
  }

  /// The first number of this column that no type takes.
  var overflow: Misfit?
}
