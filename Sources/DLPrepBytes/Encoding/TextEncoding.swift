/// How text is written as bytes.
public enum TextEncoding: String, Sendable, CaseIterable {
  /// The usual one.
  case utf8 = "utf-8"
  /// 16-bit units, low byte first.
  case utf16LittleEndian = "utf-16le"
  /// 16-bit units, high byte first.
  case utf16BigEndian = "utf-16be"
  /// ISO 8859-1: every byte is the scalar of its number.
  case latin1
  /// Windows' western European; five bytes are undefined.
  case cp1252

  /// Reads a name, also the usual aliases, in any case.
  public init?(named name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8": self = .utf8
    case "utf-16le", "utf16le", "utf-16-le": self = .utf16LittleEndian
    case "utf-16be", "utf16be", "utf-16-be": self = .utf16BigEndian
    case "latin1", "latin-1", "iso-8859-1", "iso8859-1": self = .latin1
    case "cp1252", "windows-1252", "cp-1252": self = .cp1252
    default: return nil
    }
  }

  /// What a byte order mark at the start says, and how many bytes it takes.
  static func marked(by head: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }
}
