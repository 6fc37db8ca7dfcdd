import DLPrepData

/// How a text format writes one cell: what it puts around text, for missing, for true and false.
protocol TextStyle: Sendable {
  /// Written for a missing value.
  var missing: [UInt8] { get }
  /// Written for true and false.
  var truths: (yes: [UInt8], no: [UInt8]) { get }
  /// What stands between the components of a vector; before each, its key.
  func separator(_ field: Field, _ component: Int) -> [UInt8]
  /// Adds text, quoted or escaped as need be.
  func add(_ text: UnsafeBufferPointer<UInt8>, to out: inout RawText)
  /// Adds a date or instant, which is plain ASCII.
  func addTime(to out: inout RawText, _ write: (inout RawText) -> Void)
  /// Adds a number that is not finite.
  func addInfinite(_ value: Double, to out: inout RawText) throws(PrepError)
}
