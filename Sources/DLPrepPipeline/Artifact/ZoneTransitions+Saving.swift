public import DLPrepBytes
public import DLPrepData

extension ZoneTransitions: Savable {
  /// The zone's name, its changes and its rule for later years.
  public var saved: JSON {
    .object([
      JSON.Member("zone", .text(name)),
      JSON.Member("transitions", .array(transitions.map { .integer($0) })),
      JSON.Member("offsets", .array(offsets.map { .integer(Int64($0)) })),
      JSON.Member("rule", .string(rule)),
    ])
  }

  /// Reads them; what they hold is checked where they are used.
  public init(loading json: JSON) throws(PrepError) {
    let offsets = try [Int](loading: json["offsets"] ?? .null).compactMap { Int32(exactly: $0) }
    self.init(
      name: try String(loading: json["zone"] ?? .null),
      transitions: try [Int](loading: json["transitions"] ?? .null).map { Int64($0) },
      offsets: offsets, rule: Array(try String(loading: json["rule"] ?? .null).utf8))
    _ = try TimeZoneRules(self)
  }
}
