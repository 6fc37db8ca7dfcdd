/// What a file is wrapped in, told by its first bytes, never by its name.
public enum Packing: String, Sendable, CaseIterable {
  /// RFC 1952.
  case gzip
  /// RFC 8878, or a skippable frame of it.
  case zstd
  /// bzip2.
  case bzip2
  /// xz.
  case xz
  /// LZ4 frames.
  case lz4
  /// The old Unix `compress`, `.Z`.
  case compress
  /// A zip archive; workbooks are such archives too.
  case zip
  /// A tar archive.
  case tar
  /// A 7-Zip archive.
  case sevenZip = "7z"

  /// Whether it holds files rather than one stream of bytes.
  public var isArchive: Bool { self == .zip || self == .tar || self == .sevenZip }

  /// The command that unpacks it to standard output.
  var command: String {
    switch self {
    case .gzip, .compress: "gzip -dc"
    case .zstd: "zstd -dc"
    case .bzip2: "bzip2 -dc"
    case .xz: "xz -dc"
    case .lz4: "lz4 -dc"
    case .zip: "unzip -p"
    case .tar: "tar -xOf"
    case .sevenZip: "7z x -so"
    }
  }

  /// How many bytes at the start `recognised(in:)` wants to see.
  public static let prefixLength = 512

  /// What the first bytes say; nil where they say nothing.
  public static func recognised(in head: [UInt8]) -> Packing? {
    func starts(_ magic: [UInt8]) -> Bool { head.starts(with: magic) }
    if starts([0x1F, 0x8B]) { return .gzip }
    if starts([0x1F, 0x9D]) { return .compress }
    if starts([0x28, 0xB5, 0x2F, 0xFD]) { return .zstd }
    if head.count >= 4, head[0] & 0xF0 == 0x50, head[1...3].elementsEqual([0x2A, 0x4D, 0x18]) {
      return .zstd
    }
    if starts([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return .xz }
    if starts([0x04, 0x22, 0x4D, 0x18]) { return .lz4 }
    if starts([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return .sevenZip }
    if starts([0x50, 0x4B, 3, 4]) || starts([0x50, 0x4B, 5, 6]) || starts([0x50, 0x4B, 7, 8]) {
      return .zip
    }
    if isBzip2(head) { return .bzip2 }
    // A POSIX or GNU tar header: a name padded with NULs, then the magic at 257.
    if head.count >= 263, head[257..<262].elementsEqual("ustar".utf8), head[..<257].contains(0),
      !startsAsLine(head)
    {
      return .tar
    }
    return nil
  }

  /// Whether the first bytes tell all that more of them would: a line of text is no packed data.
  static func isDecided(_ head: [UInt8]) -> Bool {
    // The longest magic, that of bzip2, has ten bytes.
    head.count >= 10 && startsAsLine(head) || head.count >= 4 && startsAsPlainLine(head)
  }

  /// Whether a line ends before the first NUL.
  private static func startsAsLine(_ head: [UInt8]) -> Bool {
    head.first { $0 == 10 || $0 == 0 } == 10
  }

  /// Whether a line ends, and its first bytes are no magic's.
  private static func startsAsPlainLine(_ head: [UInt8]) -> Bool {
    startsAsLine(head) && ![0x1F, 0xFD, 0x37, 0x42].contains(head[0]) && recognised(in: head) == nil
  }

  /// `BZh1` is text that a table could start with; the ten bytes with the block's magic are not.
  private static func isBzip2(_ head: [UInt8]) -> Bool {
    guard head.count >= 4, head.starts(with: "BZh".utf8), (0x31...0x39).contains(head[3]) else {
      return false
    }
    let block: [UInt8] = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]
    let end: [UInt8] = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]
    let next = head[4...].prefix(6)
    return block.starts(with: next) || end.starts(with: next)
  }
}
