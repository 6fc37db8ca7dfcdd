import CDLPrepScan

/// The number parser, as Swift wants to call it.
enum Numerals {
  /// How reading a number ended.
  enum Outcome: Int32 {
    case number = 0
    case noNumber = 1
    case overflow = 2
  }

  /// Whether the bytes from `start` are a number, which then stands in `out`.
  @inline(__always) static func double(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int,
    _ out: UnsafeMutablePointer<Double>
  ) -> Bool {
    unsafe dlp_parse_double_at(bytes, start, count, out) == 0
  }

  /// Whether the bytes from `start` are an integer of 64 bits, which then stands in `out`.
  @inline(__always) static func integer(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int,
    _ out: UnsafeMutablePointer<Int64>
  ) -> Bool {
    unsafe dlp_parse_int64_at(bytes, start, count, out) == 0
  }

  /// Reads a number, telling too large from no number.
  static func double(_ cell: UnsafeBufferPointer<UInt8>, _ value: inout Double) -> Outcome {
    Outcome(rawValue: unsafe dlp_parse_double(cell.baseAddress, cell.count, &value)) ?? .noNumber
  }

  /// Reads an integer, telling too large from no integer.
  static func integer(_ cell: UnsafeBufferPointer<UInt8>, _ value: inout Int64) -> Outcome {
    Outcome(rawValue: unsafe dlp_parse_int64(cell.baseAddress, cell.count, &value)) ?? .noNumber
  }
}
