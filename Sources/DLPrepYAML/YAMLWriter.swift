internal import DLPrepData
public import DLPrepPipeline

extension PipelineFile {
  /// The YAML of a tree, laid out as people write pipeline files: sections as blocks, steps on a
  /// line of their own where they fit.
  ///
  /// Reading it back gives the same tree.
  public static func text(_ node: ConfigNode) -> String {
    var writer = YAMLWriter()
    writer.write(node)
    return writer.text
  }
}

extension PipelineFile {
  /// A text as one scalar, quoted where it has to be.
  package static func scalar(_ text: String) -> String { YAMLWriter.scalar(text) }
}

/// Writes a tree as YAML.
struct YAMLWriter {
  private static let width = 100
  private(set) var text = ""

  /// Writes a whole document.
  mutating func write(_ node: ConfigNode) {
    switch node {
    case .map(let entries, _) where !entries.isEmpty: writeEntries(entries, indent: 0)
    case .list(let nodes, _) where !nodes.isEmpty: writeItems(nodes, indent: 0)
    default: text += Self.flow(node) + "\n"
    }
  }

  private mutating func writeEntries(_ entries: [ConfigNode.Entry], indent: Int) {
    for (position, entry) in entries.enumerated() {
      if position > 0 || indent == 0 || text.last == "\n" { pad(indent) }
      let key = Self.scalar(entry.key)
      text += key + ":"
      writeValue(entry.value, indent: indent, used: indent + key.count + 2, isStep: false)
    }
  }

  private mutating func writeItems(_ nodes: [ConfigNode], indent: Int) {
    for node in nodes {
      pad(indent)
      text += "-"
      if case .map(let entries, _) = node, entries.count == 1, let entry = entries.first {
        // A step: its name, then its parameters.
        let key = Self.scalar(entry.key)
        text += " \(key):"
        writeValue(entry.value, indent: indent + 2, used: indent + key.count + 4, isStep: true)
      } else {
        writeValue(node, indent: indent, used: indent + 2, isStep: true)
      }
    }
  }

  /// What follows a key or a dash: on the same line where it is small enough, else as a block.
  private mutating func writeValue(_ node: ConfigNode, indent: Int, used: Int, isStep: Bool) {
    if isStep || Self.isSmall(node, indent: indent) {
      let flow = Self.flow(node)
      if used + flow.count <= Self.width || Self.isAtom(node) {
        text += " \(flow)\n"
        return
      }
    }
    text += "\n"
    switch node {
    case .map(let entries, _): writeEntries(entries, indent: indent + 2)
    case .list(let nodes, _): writeItems(nodes, indent: indent + 2)
    case .scalar: break
    }
  }

  private mutating func pad(_ indent: Int) { text += String(repeating: " ", count: indent) }

  /// Whether a value reads well on one line: the deeper it stands, the more it may hold.
  private static func isSmall(_ node: ConfigNode, indent: Int) -> Bool {
    if case .list(let nodes, _) = node {
      return nodes.allSatisfy { if case .map = $0 { false } else { true } }
    }
    return height(node) <= (indent >= 4 ? 3 : 1)
  }

  private static func isAtom(_ node: ConfigNode) -> Bool {
    switch node {
    case .scalar: true
    case .list(let nodes, _): nodes.isEmpty
    case .map(let entries, _): entries.isEmpty
    }
  }

  private static func height(_ node: ConfigNode) -> Int {
    switch node {
    case .scalar: 0
    case .list(let nodes, _): 1 + (nodes.map(height).max() ?? 0)
    case .map(let entries, _): 1 + (entries.map { height($0.value) }.max() ?? 0)
    }
  }

  private static func flow(_ node: ConfigNode) -> String {
    switch node {
    case .scalar(let text, _, _): scalar(text)
    case .list(let nodes, _): "[" + nodes.map(flow).joined(separator: ", ") + "]"
    case .map(let entries, _):
      "{" + entries.map { "\(scalar($0.key)): \(flow($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  /// Text as YAML: plain where no reader could take it for anything else, else in double quotes.
  static func scalar(_ text: String) -> String {
    if isPlain(text) { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where isEscaped(scalar):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// Whether a scalar can't stand in a YAML file, or not without being taken for a line end.
  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xFFFD, 0x10000...: false
    default: true
    }
  }

  private static func isPlain(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, let last = scalars.last, last != " ",
      isPlainStart(first, scalars.dropFirst().first)
    else { return false }
    return scalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9": true
      default: "_-./+*^$()<>=!&|;~% ".unicodeScalars.contains(scalar)
      }
    }
  }

  private static func isPlainStart(_ first: Unicode.Scalar, _ second: Unicode.Scalar?) -> Bool {
    switch first {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "/", "(", "+", "$": true
    // Alone or doubled these are signs of YAML's own.
    case "-", ".": second.map { ("0"..."9").contains($0) } ?? false
    default: false
    }
  }
}
