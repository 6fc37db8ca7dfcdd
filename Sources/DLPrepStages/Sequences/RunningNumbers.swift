public import DLPrepPipeline

/// What all numbers so far of one column in one group come to.
public struct RunningNumbers: SavedByFields {
  /// How many there were.
  var count = 0
  /// The smallest.
  var least: Double?
  /// The largest.
  var most: Double?
  /// Their exact sums, where they are asked for.
  var sums: ExactMoments?
  /// No number.
  public init() {}
  /// How it is saved.
  public static let fields: [SavedField<Self>] = [
    .init("count", \.count), .init("min", \.least), .init("max", \.most), .init("sums", \.sums),
  ]

  /// Adds the next number.
  mutating func push(_ number: Double) {
    // An artifact may hold any number.
    count &+= 1
    least = least.map { min($0, number) } ?? number
    most = most.map { max($0, number) } ?? number
    sums?.add(number)
  }
}
