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
  public var saved: JSON {
    if rules == .utc { return .null }
    let (transitions, offsets, rule) = rules.parts
    return .object([
      JSON.Member("zone", .text(rules.name)),
      JSON.Member("transitions", .array(transitions.map { .integer($0) })),
      JSON.Member("offsets", .array(offsets.map { .integer(Int64($0)) })),
      JSON.Member("rule", .string(rule)),
    ])
  }

  /// Reads the rules.
  public init(loading json: JSON) throws(PrepError) {
    if json == .null {
      rules = .utc
      return
    }
    let transitions = try [Int](loading: json["transitions"] ?? .null).map { Int64($0) }
    let offsets = try [Int](loading: json["offsets"] ?? .null).compactMap { Int32(exactly: $0) }
    let rule = try String(loading: json["rule"] ?? .null)
    let rules = TimeZoneRules(
      name: try String(loading: json["zone"] ?? .null), transitions: transitions,
      offsets: offsets, rule: Array(rule.utf8))
    guard let rules else { throw PrepError(.artifact, "expected the rules of a time zone") }
    self.rules = rules
  }

  /// Microseconds on the zone's clocks at an instant.
  func local(_ microseconds: Int) -> Int {
    if rules == .utc { return microseconds }
    let second = floorDivide(microseconds, 1_000_000)
    return microseconds &+ rules.offset(at: Int64(second)) * 1_000_000
  }
}
