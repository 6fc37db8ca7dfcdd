internal import DLPrepBytes
internal import DLPrepData

/// One ASCII character that separates or marks something in a table's text.
struct Sign: ParameterValue {
  var byte: UInt8

  static var expected: String { "one ASCII character other than a quote, a letter or a digit" }

  static var schema: JSON { ParameterSchema.text }

  init(byte: UInt8) { self.byte = byte }

  init(_ node: ConfigNode) throws(PrepError) {
    guard case .scalar(let text, _, _) = node else {
      throw Self.mismatch(node, hint: "put it in quotes")
    }
    // Shells and plain YAML know no tab, so its usual spellings will do.
    let bytes = text == "tab" || text == "\\t" ? [UInt8(ascii: "\t")] : Array(text.utf8)
    guard bytes.count == 1, let byte = bytes.first, Self.isSeparating(byte) else {
      throw Self.mismatch(node, hint: text.isEmpty ? "put it in quotes" : nil)
    }
    self.byte = byte
  }

  var node: ConfigNode? { .text(String(UnicodeScalar(byte))) }

  private static func isSeparating(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\t"): true
    case 0..<32, 127..., UInt8(ascii: "\""): false
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      false
    default: true
    }
  }
}

/// One ASCII character, or `none`.
struct OptionalSign: ParameterValue {
  var byte: UInt8?

  static var expected: String { "\(Sign.expected), or none" }

  static var schema: JSON { ParameterSchema.text }

  init(byte: UInt8?) { self.byte = byte }

  init(_ node: ConfigNode) throws(PrepError) {
    if case .scalar("none", _, _) = node {
      byte = nil
    } else {
      do throws(PrepError) {
        byte = try Sign(node).byte
      } catch {
        throw Self.mismatch(node, hint: error.hint)
      }
    }
  }

  var node: ConfigNode? { byte.map { Sign(byte: $0).node } ?? .text("none") }
}

/// What may stand before the decimals of a number.
enum DecimalSign: String, CaseIterable, ParameterValue {
  case point = "."
  case comma = ","

  static var expected: String { "a point or a comma" }

  init(_ node: ConfigNode) throws(PrepError) { self = try .quoted(node) }
}

/// What may stand between groups of three digits.
enum ThousandsSign: String, CaseIterable, ParameterValue {
  case none
  case comma = ","
  case point = "."
  case apostrophe = "'"
  case space = " "
  case underscore = "_"

  static var expected: String { "none or one of , . ' _ and space" }

  init(_ node: ConfigNode) throws(PrepError) { self = try .quoted(node) }

  var byte: UInt8? { self == .none ? nil : rawValue.utf8.first }
}

extension ParameterValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  /// One of some signs; what YAML took for its own was meant to be quoted.
  fileprivate static func quoted(_ node: ConfigNode) throws(PrepError) -> Self {
    guard case .scalar(let text, _, _) = node, let value = Self(rawValue: text) else {
      throw mismatch(node, hint: node.found == "nothing" ? "put it in quotes" : nil)
    }
    return value
  }
}
