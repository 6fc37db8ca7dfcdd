/// Which other rows of its category a training row is told of, so that its own target doesn't reach
/// its encoding.
public enum OtherRows: Hashable, Sendable {
  /// All others.
  case all
  /// Those before it in the table.
  case earlier
  /// Those before it in an order that a hash of each row's number draws.
  case earlierShuffled
}

/// For each row of a part: the targets of the other rows of its category that it is told of.
public struct OtherTargets: Sendable, Equatable {
  /// How many rows these are.
  public var counts: [Int] = []
  /// The mean of their targets, rounded once; 0 where there are none.
  public var means: [Double] = []

  /// No rows.
  public init() {}
}
