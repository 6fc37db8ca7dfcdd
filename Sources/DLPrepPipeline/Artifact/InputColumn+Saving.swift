public import DLPrepBytes
public import DLPrepData

extension InputColumn: Savable {
  /// The column as an object.
  public var saved: JSON {
    var members = [
      JSON.Member("name", .text(name)), JSON.Member("role", .text(role.rawValue)),
      JSON.Member("type", .text(type.dataType.name)), JSON.Member("inferred", .bool(isInferred)),
      JSON.Member("required", .bool(isRequired)),
    ]
    if passesAsRead { members.append(JSON.Member("as_read", .bool(true))) }
    switch type {
    case .integer(takesDecimals: true): members.append(JSON.Member("decimals", .bool(true)))
    case .date(let format): members += Self.member("format", format)
    case .timestamp(let format, let timezone):
      members += Self.member("format", format) + Self.member("timezone", timezone)
      if let zone { members.append(JSON.Member("zone", zone.saved)) }
    case .integer, .float, .bool, .category, .text: break
    }
    return .object(members)
  }

  /// Reads the column.
  public init(loading json: JSON) throws(PrepError) {
    let name = try String(loading: json["name"] ?? .null)
    let word = try String(loading: json["type"] ?? .null)
    guard let role = Role(rawValue: try String(loading: json["role"] ?? .null)) else {
      throw unloadable("a role")
    }
    let format = try String?(loading: json["format"] ?? .null)
    let timezone = try String?(loading: json["timezone"] ?? .null)
    let type: CellType
    switch word {
    case "integer":
      type = .integer(takesDecimals: try Bool?(loading: json["decimals"] ?? .null) ?? false)
    case "float": type = .float
    case "bool": type = .bool(lenient: true)
    case "category": type = .category
    case "text": type = .text
    case "date": type = .date(format: format)
    case "timestamp": type = .timestamp(format: format, timezone: timezone)
    default: throw unloadable("a type")
    }
    self.init(
      name: name, type: type, role: role,
      isInferred: try Bool(loading: json["inferred"] ?? .null),
      isRequired: try Bool(loading: json["required"] ?? .null))
    zone = try ZoneTransitions?(loading: json["zone"] ?? .null)
    passesAsRead = try Bool?(loading: json["as_read"] ?? .null) ?? false
  }

  private static func member(_ key: String, _ text: String?) -> [JSON.Member] {
    text.map { [JSON.Member(key, .text($0))] } ?? []
  }
}
