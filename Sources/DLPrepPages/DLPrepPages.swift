import FoundationEssentials

/// Writes a Swift file with the doc comment of every stage, for `dlprep stages NAME`: so each fact
/// is written once, where Swift's own documentation finds it too.
///
/// Arguments: the file to write, then the sources.
@main
struct DLPrepPages {
  static func main() throws {
    let paths = CommandLine.arguments.dropFirst()
    guard let output = paths.first else { return }
    var text = "/// The doc comment of every stage, by the name of its type.\n"
    text += "let docComments: [String: String] = [\n"
    for path in paths.dropFirst().sorted() {
      let source = try String(contentsOf: URL(filePath: path), encoding: .utf8)
      guard let (type, comment) = stage(in: source) else { continue }
      text += "  \"\(type)\": ###\"\"\"\n\(comment)\n\"\"\"###,\n"
    }
    text += "]\n"
    try text.write(to: URL(filePath: output), atomically: true, encoding: .utf8)
  }

  /// The stage that a file declares, and its doc comment.
  private static func stage(in source: String) -> (type: Substring, comment: String)? {
    guard source.contains("public static let name = ") else { return nil }
    var comment: [Substring] = []
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("/// ") {
        comment.append(line.dropFirst(4))
      } else if line.hasPrefix("///") {
        comment.append("")
      } else if let type = declaredStage(line), !comment.isEmpty {
        return (type, comment.joined(separator: "\n"))
      } else if !line.hasPrefix("@") {
        comment = []
      }
    }
    return nil
  }

  private static func declaredStage(_ line: Substring) -> Substring? {
    let words = line.split { $0 == " " || $0 == ":" }
    guard words.count > 3, words[0] == "public", words[1] == "struct", line.contains("Stage")
    else { return nil }
    return words[2]
  }
}
