public import DLPrepBytes
public import DLPrepData

extension Double: Savable {
  /// A number.
  public var saved: JSON { .number(self) }
  /// Reads a number.
  public init(loading json: JSON) throws(PrepError) {
    switch json {
    case .number(let number): self = number
    case .integer(let integer): self = Double(integer)
    default: throw unloadable("a number")
    }
  }
}

extension Int: Savable {
  /// A whole number.
  public var saved: JSON { .integer(Int64(self)) }
  /// Reads a whole number.
  public init(loading json: JSON) throws(PrepError) {
    guard case .integer(let integer) = json, let value = Int(exactly: integer) else {
      throw unloadable("a whole number")
    }
    self = value
  }
}

extension Bool: Savable {
  /// True or false.
  public var saved: JSON { .bool(self) }
  /// Reads true or false.
  public init(loading json: JSON) throws(PrepError) {
    guard case .bool(let value) = json else { throw unloadable("true or false") }
    self = value
  }
}

extension String: Savable {
  /// Text.
  public var saved: JSON { .text(self) }
  /// Reads text.
  public init(loading json: JSON) throws(PrepError) {
    guard case .string(let bytes) = json else { throw unloadable("text") }
    self = String(decoding: bytes, as: UTF8.self)
  }
}

extension ByteStrings: Savable {
  /// A list of text.
  public var saved: JSON { .array((0..<count).map { .string(self[$0]) }) }
  /// Reads a list of text.
  public init(loading json: JSON) throws(PrepError) {
    guard case .array(let values) = json else { throw unloadable("a list of text") }
    self.init()
    ends.reserveCapacity(values.count)
    for value in values {
      guard case .string(let bytes) = value else { throw unloadable("text") }
      append(bytes)
    }
  }
}

extension Array: Savable where Element: Savable {
  /// A list.
  public var saved: JSON { .array(map(\.saved)) }
  /// Reads a list.
  public init(loading json: JSON) throws(PrepError) {
    guard case .array(let values) = json else { throw unloadable("a list") }
    self = []
    reserveCapacity(values.count)
    for value in values { append(try Element(loading: value)) }
  }
}

extension Optional: Savable where Wrapped: Savable {
  /// The value, or null.
  public var saved: JSON { self?.saved ?? .null }
  /// Reads the value, or null.
  public init(loading json: JSON) throws(PrepError) {
    if json == .null { self = nil } else { self = try Wrapped(loading: json) }
  }
}
