import DLPrep

/// What one step has learned, as names and values.
struct LearnedValues {
  /// What was learned of one column, or of several together.
  struct Entry {
    /// The column; several in one word.
    var column: String
    /// Every value, by its name.
    var values: [(key: String, text: String)]

    /// All of it on a line.
    var text: String {
      values.map { $0.key.isEmpty ? $0.text : "\($0.key) \($0.text)" }.joined(separator: ", ")
    }
  }

  /// What a step has learned, column by column.
  static func of(_ step: FittedStep) -> [Entry] {
    switch step.work {
    case .columns(let columns):
      columns.map { Entry(column: $0.column, values: values($0.saved)) }
    case .block(let block, let columns):
      [Entry(column: columns.joined(separator: " "), values: values(block.saved))]
    case .sequence(let sequence):
      [Entry(column: sequence.columns.joined(separator: " "), values: values(sequence.saved))]
    case .rows(let columns): [Entry(column: columns.joined(separator: " "), values: [])]
    case .structure(let kept):
      kept.map { name in
        Entry(column: name.from, values: name.from == name.to ? [] : [("", "-> \(name.to)")])
      }
    }
  }

  private static func values(_ json: JSON, _ key: String = "") -> [(key: String, text: String)] {
    switch json {
    case .object(let members):
      members.flatMap { member in
        let name = String(decoding: member.key, as: UTF8.self)
        return values(member.value, key.isEmpty ? name : "\(key).\(name)")
      }
    // What is empty says nothing.
    case .null, .bool(false), .array([]): []
    default: [(key, text(json))]
    }
  }

  private static func text(_ json: JSON) -> String {
    switch json {
    case .array(let elements):
      let some = elements.prefix(8).map(text).joined(separator: ", ")
      return elements.count > 8 ? "[\(some), ... \(elements.count)]" : "[\(some)]"
    case .string(let bytes): return quoted(String(decoding: bytes, as: UTF8.self))
    default: return String(decoding: (try? json.canonical()) ?? [], as: UTF8.self)
    }
  }

  /// A text as it stands, in quotes where it could be taken for several.
  private static func quoted(_ text: String) -> String {
    let text = escapingControls(text)
    return text.isEmpty || text.contains(", ") ? "\"\(text)\"" : text
  }
}
