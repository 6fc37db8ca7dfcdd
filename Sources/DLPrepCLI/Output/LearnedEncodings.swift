import DLPrep

/// What `target_encode` has learned of a column, as a table: a row for each category, a column for
/// each class of the target.
struct LearnedEncodings {
  /// How many categories are shown.
  private static let limit = 8

  private let categories: [String]
  private let classes: [String]
  private let encodings: [[JSON]]

  /// Takes what was learned apart; nil where it is something else.
  init?(_ saved: JSON) {
    guard case .array(let values)? = saved["values"], case .array(let names)? = saved["classes"],
      case .array(let lists)? = saved["encodings"], !lists.isEmpty
    else { return nil }
    categories = values.map(Self.text)
    classes = names.map(Self.text)
    encodings = lists.map { if case .array(let list) = $0 { list } else { [] } }
    // After the categories come missing values and the mean of all rows.
    guard encodings.allSatisfy({ $0.count == values.count + 2 }) else { return nil }
    guard classes.isEmpty ? encodings.count == 1 : encodings.count == classes.count else {
      return nil
    }
  }

  /// The table; of many categories, the first ones.
  func text(indent: Int) -> String {
    var table = TextTable()
    table.add(["category"] + (classes.isEmpty ? ["encoding"] : classes))
    for i in 0..<min(categories.count, Self.limit) { table.add([categories[i]] + row(i)) }
    if categories.count > Self.limit { table.add("... \(categories.count)") }
    table.add(["(missing)"] + row(categories.count))
    table.add(["(all rows)"] + row(categories.count + 1))
    return table.text(indent: indent)
  }

  private func row(_ i: Int) -> [String] { encodings.map { Self.text($0[i]) } }

  private static func text(_ json: JSON) -> String {
    guard case .string(let bytes) = json else {
      return String(decoding: (try? json.canonical()) ?? [], as: UTF8.self)
    }
    let text = escapingControls(String(decoding: bytes, as: UTF8.self))
    // Empty text, or one that looks like our own two rows, would be misread.
    return text.isEmpty || text.hasPrefix("(") ? "\"\(text)\"" : text
  }
}
