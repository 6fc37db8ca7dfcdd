import DLPrepData

extension CSVRecords: CellRecords {
  var file: String { source.name }
  var columnNames: [String] { source.columns }
  var options: InputOptions { source.options }
  var tally: Tally { source.tally }

  func parse(
    _ plan: ReadPlan, into block: Block, evidence: inout [Int: TypeEvidence]
  ) throws(PrepError) {
    try parseCells(plan, into: block, evidence: &evidence)
  }

  /// Where a column's cells stand; nil where the input lacks it.
  func cells(_ index: Int) -> CellColumn? {
    guard index < width else { return nil }
    let quote = hasQuotes ? CSVSource.quote : 0
    let escape = options.escape ?? 0
    if isSpanned {
      return unsafe spans.column(
        index, of: width, rows: count, in: buffer.bytes, quote: quote, escape: escape)
    }
    let ends = unsafe positions.values
    return unsafe CellColumn(
      bytes: buffer.bytes, starts: index == 0 ? starts.values : ends + (index - 1),
      startStep: index == 0 ? 1 : width, startSkip: index == 0 ? 0 : 1, ends: ends + index,
      endStep: width, rows: count, trimsCR: index == width - 1, quote: quote, escape: escape,
      trimsSpace: options.trim)
  }
}
