public import DLPrepData

extension JSON {
  /// How written JSON is laid out; either way the same value gives the same bytes.
  public enum Layout: Sendable {
    /// No white space at all.
    case compact
    /// A line for each member and element, so that versions can be compared; numbers stay together.
    case lines
  }

  /// The canonical text: keys sorted by their bytes, numbers as the shortest text that reads back
  /// to the same double, text raw but for `"`, `\` and control characters.
  ///
  /// Infinite numbers and NaN, which JSON can't hold, are an internal error.
  public func canonical(_ layout: Layout = .compact) throws(PrepError) -> [UInt8] {
    var out: [UInt8] = []
    try write(into: &out, layout)
    if layout == .lines { out.append(0x0A) }
    return out
  }

  /// Adds the canonical text to bytes.
  public func write(into out: inout [UInt8], _ layout: Layout = .compact) throws(PrepError) {
    try write(into: &out, indent: layout == .lines ? 0 : nil)
  }

  private func write(into out: inout [UInt8], indent: Int?) throws(PrepError) {
    switch self {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): out.append(contentsOf: value.description.utf8)
    case .number(let value):
      guard value.isFinite else {
        throw PrepError(.internal, "expected a finite number to write as JSON, found \(value)")
      }
      out.append(contentsOf: value.description.utf8)
    case .string(let bytes): Self.write(bytes, into: &out)
    case .array(let elements):
      let inner = elements.contains { !$0.isShort } ? indent.map { $0 + 1 } : nil
      out.append(0x5B)
      for (i, element) in elements.enumerated() {
        if i > 0 { out.append(0x2C) }
        Self.newLine(inner, into: &out)
        try element.write(into: &out, indent: inner)
      }
      if !elements.isEmpty, inner != nil { Self.newLine(indent, into: &out) }
      out.append(0x5D)
    case .object(let members):
      let inner = indent.map { $0 + 1 }
      let sorted = members.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      out.append(0x7B)
      for (i, member) in sorted.enumerated() {
        if i > 0 { out.append(0x2C) }
        Self.newLine(inner, into: &out)
        Self.write(member.key, into: &out)
        out.append(0x3A)
        if inner != nil { out.append(0x20) }
        try member.value.write(into: &out, indent: inner)
      }
      if !members.isEmpty { Self.newLine(indent, into: &out) }
      out.append(0x7D)
    }
  }

  /// What stays on the line of its array.
  private var isShort: Bool {
    switch self {
    case .null, .bool, .integer, .number: true
    case .string, .array, .object: false
    }
  }

  private static func newLine(_ indent: Int?, into out: inout [UInt8]) {
    guard let indent else { return }
    out.append(0x0A)
    out.append(contentsOf: repeatElement(0x20, count: indent))
  }

  /// Adds text in quotes.
  package static func write(_ text: some Sequence<UInt8>, into out: inout [UInt8]) {
    out.append(0x22)
    for byte in text {
      switch byte {
      case 0x22, 0x5C:
        out.append(0x5C)
        out.append(byte)
      case 0x08: out.append(contentsOf: #"\b"#.utf8)
      case 0x09: out.append(contentsOf: #"\t"#.utf8)
      case 0x0A: out.append(contentsOf: #"\n"#.utf8)
      case 0x0C: out.append(contentsOf: #"\f"#.utf8)
      case 0x0D: out.append(contentsOf: #"\r"#.utf8)
      case 0..<0x20:
        out.append(contentsOf: #"\u00"#.utf8)
        out.append(byte < 0x10 ? 0x30 : 0x31)
        let low = byte & 15
        out.append(low < 10 ? 0x30 + low : 0x57 + low)
      default: out.append(byte)
      }
    }
    out.append(0x22)
  }
}
