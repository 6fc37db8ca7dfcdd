public import DLPrepData

/// How text is written as bytes.
public typealias TextEncoding = InputOptions.Encoding

extension TextEncoding {
  /// What a byte order mark at the start says, and how many bytes it takes.
  static func marked(by head: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if head.starts(with: [0xFF, 0xFE]) { return (.utf16le, 2) }
    if head.starts(with: [0xFE, 0xFF]) { return (.utf16be, 2) }
    return nil
  }
}
