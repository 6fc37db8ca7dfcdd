/// White space around fields, which the option `trim` leaves out.
enum SpaceTrimming {
  /// Where a field starts and ends without it; a quoted one stays as it is.
  @inline(__always) static func trimmed(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int
  ) -> (start: Int, end: Int) {
    var (from, to) = (start, end)
    guard from < to, unsafe bytes[from] != CSVSource.quote else { return (from, to) }
    while from < to, unsafe isSpace(bytes[from]) { from &+= 1 }
    while from < to, unsafe isSpace(bytes[to &- 1]) { to &-= 1 }
    return (from, to)
  }

  @inline(__always) private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || (byte >= 9 && byte <= 13)
  }
}
