package import DLPrepData

extension InputOptions {
  /// An error where more than the allowed share of records was rejected.
  package func checkShare(
    ofRejected rejected: Int, in records: Int, _ source: any TableSource
  )
    throws(PrepError)
  {
    guard badRows == .reject, records > 0 else { return }
    let share = Double(rejected) / Double(records)
    guard share > maxBadFraction else { return }
    throw PrepError(
      .limit,
      "expected at most a share of \(maxBadFraction) rejected records, found \(rejected) of "
        + "\(records)",
      at: Place(file: source.name),
      hint: "apply with --max-bad-fraction 1 --rejects FILE shows which they are, and why")
  }
}
