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
  /// Reads a list of text, without a piece of memory for each.
  public init(reading text: inout SavedText) throws(PrepError) {
    if let list = text.cursor.texts() {
      self = list
    } else {
      try self.init(loading: try text.json())
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
  /// Reads a list, numbers without a JSON value for each.
  public init(reading text: inout SavedText) throws(PrepError) {
    // Where the types are the same, so are the arrays.
    if Element.self == Double.self, let list = text.cursor.doubles() {
      self = unsafe unsafeBitCast(list, to: [Element].self)
    } else if Element.self == Int.self, let list = text.cursor.integers() {
      self = unsafe unsafeBitCast(list, to: [Element].self)
    } else if text.isList {
      self = []
      var isFirst = true
      while try text.cursor.nextElement(&isFirst) { append(try Element(reading: &text)) }
    } else {
      try self.init(loading: try text.json())
    }
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
