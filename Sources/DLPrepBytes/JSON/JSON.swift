/// A JSON value, with text as bytes and members in the order they were written.
public enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string([UInt8])
  case array([JSON])
  case object([Member])

  /// A key and its value.
  public struct Member: Sendable, Equatable {
    /// The key's UTF-8.
    public var key: [UInt8]
    /// The value.
    public var value: JSON

    /// Puts a key and a value together.
    public init(_ key: String, _ value: JSON) {
      self.key = Array(key.utf8)
      self.value = value
    }

    /// Puts a key and a value together.
    public init(key: [UInt8], value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// Text as JSON.
  public static func text(_ text: String) -> JSON { .string(Array(text.utf8)) }

  /// The value of a key; nil where this is no object or has no such key.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.elementsEqual(key.utf8) }?.value
  }
}
