/// How a draft writes numbers and foreign words, so that nothing in a table can break its YAML.
enum DraftText {
  /// How much of a foreign word is shown.
  private static let shownLength = 20

  /// A word of a table in a comment: short, on one line.
  static func shown(_ text: String) -> String {
    let short = line(String(String.UnicodeScalarView(text.unicodeScalars.prefix(shownLength))))
    return text.unicodeScalars.count > shownLength ? "'\(short)...'" : "'\(short)'"
  }

  /// A text with nothing in it that could end a comment.
  static func line(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
        0x10000...:
        shown.unicodeScalars.append(scalar)
      default: shown += "?"
      }
    }
    return shown
  }

  /// Names for a comment: the first few, and how many more.
  static func some(_ names: [String], _ most: Int = 4) -> String {
    let more = names.count - most
    let words = names.prefix(most).map { shown($0) }.joined(separator: ", ")
    return more > 0 ? "\(words) and \(more.grouped) more" : words
  }
}

extension Int {
  /// Its digits in groups of three.
  var grouped: String {
    let digits = Array("\(magnitude)")
    var text = self < 0 ? "-" : ""
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// Its share of a number, as `20.1 %`; a share that isn't none or all never reads so.
  func share(of all: Int) -> String {
    guard all > 0, self < all else { return self == 0 ? "0 %" : "100 %" }
    let tenths = Int((Double(self) * 1000 / Double(all)).rounded())
    if tenths == 0 { return self == 0 ? "0 %" : "< 0.1 %" }
    if tenths == 1000 { return "> 99.9 %" }
    return "\(tenths / 10).\(tenths % 10) %"
  }
}

extension Double {
  /// A few digits of it.
  var short: String {
    if self == rounded(), magnitude < 1e15 { return "\(Int64(self))" }
    guard magnitude >= 0.001, magnitude < 1e12 else { return "\(self)" }
    return "\((self * 1000).rounded() / 1000)"
  }
}
