public import DLPrepBytes
public import DLPrepData

extension Double: ParameterValue {
  /// Any finite number.
  public static var expected: String { "a number" }
  /// A number.
  public static var schema: JSON { ParameterSchema.scalar([("type", .text("number"))]) }
  /// Reads a decimal number.
  public init(_ node: ConfigNode) throws(PrepError) {
    guard case .scalar(let text, _, _) = node, let value = Double(text), value.isFinite,
      text.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) })
    else { throw Self.mismatch(node) }
    self = value
  }
  /// The shortest text for it.
  public var node: ConfigNode? {
    .text(self == rounded() && abs(self) < 1e15 ? "\(Int64(self))" : "\(self)")
  }
}

extension Int: ParameterValue {
  /// Any whole number.
  public static var expected: String { "a whole number" }
  /// An integer.
  public static var schema: JSON { ParameterSchema.scalar([("type", .text("integer"))]) }
  /// Reads a whole number.
  public init(_ node: ConfigNode) throws(PrepError) {
    guard case .scalar(let text, _, _) = node, let value = Int(text) else {
      throw Self.mismatch(node)
    }
    self = value
  }
  /// Its digits.
  public var node: ConfigNode? { .text("\(self)") }
}

extension UInt64: ParameterValue {
  /// Any whole number from 0.
  public static var expected: String { "a whole number from 0" }
  /// An integer from 0.
  public static var schema: JSON {
    ParameterSchema.scalar([("type", .text("integer")), ("minimum", .integer(0))])
  }
  /// Reads a whole number.
  public init(_ node: ConfigNode) throws(PrepError) {
    guard case .scalar(let text, _, _) = node, let value = UInt64(text) else {
      throw Self.mismatch(node)
    }
    self = value
  }
  /// Its digits.
  public var node: ConfigNode? { .text("\(self)") }
}

extension Bool: ParameterValue {
  /// true or false.
  public static var expected: String { "true or false" }
  /// A boolean.
  public static var schema: JSON { ParameterSchema.scalar([("type", .text("boolean"))]) }
  /// Reads true or false.
  public init(_ node: ConfigNode) throws(PrepError) {
    switch node {
    case .scalar("true", _, _): self = true
    case .scalar("false", _, _): self = false
    case .scalar(let text, _, _) where ["yes", "on", "True", "TRUE"].contains(text):
      throw Self.mismatch(node, hint: "write true")
    case .scalar(let text, _, _) where ["no", "off", "False", "FALSE"].contains(text):
      throw Self.mismatch(node, hint: "write false")
    default: throw Self.mismatch(node)
    }
  }
  /// The word.
  public var node: ConfigNode? { .text("\(self)") }
}

extension String: ParameterValue {
  /// Text.
  public static var expected: String { "text" }
  /// Any scalar.
  public static var schema: JSON { ParameterSchema.text }
  /// Reads text; nothing at all must be quoted.
  public init(_ node: ConfigNode) throws(PrepError) {
    guard case .scalar(let text, let quoted, _) = node else {
      throw Self.mismatch(node, hint: "put it in quotes")
    }
    if text.isEmpty && !quoted { throw Self.mismatch(node, hint: "put it in quotes") }
    self = text
  }
  /// The text.
  public var node: ConfigNode? { .text(self) }
}

extension Optional: ParameterValue where Wrapped: ParameterValue {
  /// What the value may be.
  public static var expected: String { Wrapped.expected }
  /// The same as of the value.
  public static var schema: JSON { Wrapped.schema }
  /// Reads the value.
  public init(_ node: ConfigNode) throws(PrepError) { self = try Wrapped(node) }
  /// The value, or no key.
  public var node: ConfigNode? { self?.node }
}

extension Array: ParameterValue where Element: ParameterValue {
  /// A list.
  public static var expected: String { "a list, each \(Element.expected)" }
  /// An array.
  public static var schema: JSON {
    ParameterSchema.object([("type", .text("array")), ("items", Element.schema)])
  }
  /// Reads a list.
  public init(_ node: ConfigNode) throws(PrepError) {
    guard case .list(let nodes, _) = node else { throw Self.mismatch(node) }
    self = []
    for node in nodes { append(try Element(node)) }
  }
  /// A list.
  public var node: ConfigNode? { .list(compactMap(\.node)) }
}

extension ParameterValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  /// One of the words.
  public static var expected: String {
    "one of " + allCases.map(\.rawValue).joined(separator: ", ")
  }
  /// One of the words.
  public static var schema: JSON {
    ParameterSchema.scalar([("enum", ParameterSchema.words(allWords))])
  }
  /// Reads one of the words.
  public init(_ node: ConfigNode) throws(PrepError) {
    guard case .scalar(let text, _, _) = node else { throw Self.mismatch(node) }
    guard let value = Self(rawValue: text) else {
      throw Self.mismatch(node, hint: suggestion(for: text, among: Self.allWords))
    }
    self = value
  }
  /// The word.
  public var node: ConfigNode? { .text(rawValue) }
  private static var allWords: [String] { allCases.map(\.rawValue) }
}
