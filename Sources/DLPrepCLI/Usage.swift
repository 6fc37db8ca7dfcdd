/// Puts what the argument parser has to say into our form.
enum Usage {
  /// The message on one line, with the help to look at.
  static func oneLine(_ message: String, fullMessage: String) -> String {
    var text = message.split(separator: "\n").map { $0.trimmed }.joined(separator: " ")
    if let first = text.first, first.isUppercase, !text.hasPrefix("Unknown option") {
      text = first.lowercased() + text.dropFirst()
    }
    text = text.replacing("Unknown option", with: "unknown option")
    if let range = text.firstRange(of: ". Did you mean ") {
      return text.replacingCharacters(in: range, with: "; did you mean ")
    }
    while text.hasSuffix(".") { text.removeLast() }
    return "\(text); see '\(command(in: fullMessage)) --help'"
  }

  /// The command whose usage the parser shows.
  private static func command(in message: String) -> String {
    for line in message.split(separator: "\n") where line.hasPrefix("Usage: ") {
      let words = line.dropFirst(7).split(separator: " ").prefix { word in
        word.allSatisfy { $0.isLetter || $0 == "-" } && !word.hasPrefix("-")
      }
      return words.prefix(2).joined(separator: " ")
    }
    return "dlprep"
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }
}

extension Substring {
  /// Without white space at both ends.
  fileprivate var trimmed: Substring {
    var text = self
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return text
  }
}
