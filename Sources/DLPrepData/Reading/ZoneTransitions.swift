/// When the clocks of a time zone changed, as a fitted pipeline keeps it, so that every machine reads
/// the same instants whatever its time zone database says.
public struct ZoneTransitions: Sendable, Hashable {
  /// The zone's name.
  public var name: String
  /// Instants (seconds from 1970) from which another offset holds, rising.
  public var transitions: [Int64]
  /// Seconds east of Greenwich before the first transition, then after each.
  public var offsets: [Int32]
  /// What holds after the last transition, as POSIX writes it; empty: the last offset.
  public var rule: [UInt8]

  /// Puts together what is known of a zone.
  public init(name: String, transitions: [Int64], offsets: [Int32], rule: [UInt8]) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
    self.rule = rule
  }
}
