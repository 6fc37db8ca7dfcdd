/// When a place's clocks show what: the offsets of a time zone of the system's database (TZif,
/// RFC 9636), read without Foundation.
public struct TimeZoneRules: Sendable, Hashable {
  /// How a local time was turned into an instant.
  public enum Resolution: Sendable, Hashable {
    /// Clocks show it once.
    case exact
    /// Clocks skip it: it moves forward by as much as they do.
    case gap
    /// Clocks show it twice: it is the earlier instant.
    case overlap
  }

  /// The zone's name, `Europe/Paris`.
  public let name: String
  /// Instants (seconds) from which another offset holds, rising.
  let transitions: [Int64]
  /// The offset before the first transition, then after each.
  let offsets: [Int32]
  /// What holds after the last transition.
  let rule: PosixTimeZone?

  init(name: String, transitions: [Int64], offsets: [Int32], rule: PosixTimeZone?) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
    self.rule = rule
  }

  /// Seconds east of Greenwich at an instant (seconds from 1970).
  public func offset(at second: Int64) -> Int {
    if let last = transitions.last, second >= last, let rule { return rule.offset(at: second) }
    if transitions.isEmpty, let rule { return rule.offset(at: second) }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return Int(offsets[low])
  }

  /// The instant (microseconds) at which clocks show a local time (microseconds).
  ///
  /// Offsets are within a day of each other, so those a day before and a day after are the only
  /// ones that can hold.
  public func instant(ofLocal local: Int64) -> (microseconds: Int64, resolution: Resolution) {
    let million: Int64 = 1_000_000
    let seconds = local / million - (local % million < 0 ? 1 : 0)
    let before = offset(at: seconds - 86_400)
    let after = offset(at: seconds + 86_400)
    let early = seconds - Int64(max(before, after))
    let late = seconds - Int64(min(before, after))
    let fraction = local - seconds * million
    let isEarly = offset(at: early) == max(before, after)
    let isLate = offset(at: late) == min(before, after)
    if before == after { return (early * million + fraction, .exact) }
    if isEarly && isLate { return (early * million + fraction, .overlap) }
    if isEarly { return (early * million + fraction, .exact) }
    if isLate { return (late * million + fraction, .exact) }
    // Nobody's clock showed it: read with the offset before the change, it lies after it.
    return ((seconds - Int64(before)) * million + fraction, .gap)
  }

  /// Coordinated universal time.
  public static let utc = TimeZoneRules(name: "UTC", transitions: [], offsets: [0], rule: nil)
}
