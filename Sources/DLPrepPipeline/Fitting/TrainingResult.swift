public import DLPrepData

/// What a fit gives: the fitted pipeline, and the training output, ready to be written.
///
/// In the training output `when: fit` steps have acted and target encodings are out of fold; rows
/// of the split's test part are as serving would give them.
public final class TrainingResult {
  /// The pipeline, with all that it learned.
  public let fitted: FittedPipeline
  /// What the user should know.
  public let notes: [String]
  /// What may be wrong.
  public let warnings: [String]
  /// What the lints find in the pipeline and in the data; what the file silences is left out.
  public let lintFindings: [LintFinding]
  let data: TrainingTable
  private let counts: LedgerCounts
  private let rejects: [RunContext.Failure]
  private let source: any TableSource
  private let options: RunOptions

  init(
    _ fitted: FittedPipeline, _ fit: Fit, _ source: any TableSource, _ options: RunOptions,
    notes: [String], warnings: [String], lintFindings: [LintFinding]
  ) throws(PrepError) {
    self.fitted = fitted
    self.notes = notes
    self.warnings = warnings
    self.lintFindings = lintFindings
    self.source = source
    self.options = options
    data = fit.table
    counts = fit.counts
    rejects = fit.rejects
    if let rejects = options.rejects, !self.rejects.isEmpty { try handOver(to: rejects) }
  }

  /// What the training output is.
  public func outputSchema() throws(PrepError) -> OutputSchema {
    let writer = TrainingWriter(data, fitted, asText: options.writesText)
    return try writer.schema()
  }

  /// Writes the training output; the sink isn't published.
  /// - Returns: where every record went.
  public func write(
    into open: (OutputSchema) throws(PrepError) -> any TableSink
  )
    throws(PrepError) -> Ledger
  {
    let writer = TrainingWriter(data, fitted, asText: options.writesText)
    let sink = try open(try writer.schema())
    let written: (rows: Int, leftOut: Int)
    do throws(PrepError) {
      written = try writer.write(into: sink, options)
    } catch {
      throw error.placed(in: source)
    }
    var ledger = ledger()
    ledger.written = written.rows
    ledger.leftOut = written.leftOut
    return ledger
  }

  /// Calls `body` with every block of the training output, in order.
  package func forEachBlock(_ body: (Block) throws(PrepError) -> Void) throws(PrepError) {
    let writer = TrainingWriter(data, fitted, asText: options.writesText)
    let schema = try writer.schema()
    for part in data.rows.train.indices { try body(try writer.block(part, schema)) }
  }

  /// Where every record went, when nothing is written: all rows are left out.
  public func ledger() -> Ledger {
    var ledger = counts.ledger(fitted.steps.map(\.address))
    ledger.add(source.counts)
    ledger.trainRows = data.rows.trainCount
    ledger.testRows = data.rows.test.reduce(0) { $0 + $1.count }
    ledger.leftOut = ledger.trainRows + ledger.testRows
    return ledger
  }

  /// Reads the refused rows' records once more, to hand them over as they stand in the input.
  private func handOver(to sink: any RejectSink) throws(PrepError) {
    guard let again = try source.restarted() else { return }
    var byRecord: [Int: RunContext.Failure] = [:]
    for failure in rejects.sorted(by: { $0.step < $1.step }) {
      if byRecord[failure.record]?.join(failure) == nil { byRecord[failure.record] = failure }
    }
    var rest = byRecord.values.sorted { $0.record < $1.record }[...]
    let records = again.makeRecords()
    while !rest.isEmpty, try again.read(into: records) {
      let end = records.firstRecord + records.count
      let here = rest.prefix { $0.record < end }
      rest = rest.dropFirst(here.count)
      try sink.reject(
        here.map { failure in
          let raw = records.raw(ofRecord: failure.record)
          return RejectedRecord(
            file: source.name, record: failure.record, line: raw.line, byteOffset: raw.offset,
            columnIndex: source.columns.firstIndex(of: failure.column),
            columnName: failure.column, code: failure.code, message: failure.message,
            bytes: raw.bytes)
        })
    }
  }
}
