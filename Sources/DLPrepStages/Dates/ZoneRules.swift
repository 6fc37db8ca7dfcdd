public import DLPrepBytes
public import DLPrepData
public import DLPrepPipeline

/// The rules of a column's time zone, kept in the artifact: a fitted pipeline reads clocks the same
/// way on any machine, whatever its time zone database says.
public struct ZoneRules: Savable {
  /// The rules.
  var rules: TimeZoneRules

  /// The rules of a zone of the system's database; nil is UTC.
  init(_ name: String?) throws(PrepError) {
    if let name { rules = try TimeZoneRules(named: name) } else { rules = .utc }
  }

  /// The zone's name, its changes and its rule for later years; null for UTC.
  public var saved: JSON { rules == .utc ? .null : rules.parts.saved }

  /// Reads the rules.
  public init(loading json: JSON) throws(PrepError) {
    rules = json == .null ? .utc : try TimeZoneRules(ZoneTransitions(loading: json))
  }

  /// Microseconds on the zone's clocks at an instant.
  func local(_ microseconds: Int) -> Int {
    if rules == .utc { return microseconds }
    let second = floorDivide(microseconds, 1_000_000)
    return microseconds &+ rules.offset(at: Int64(second)) * 1_000_000
  }
}
