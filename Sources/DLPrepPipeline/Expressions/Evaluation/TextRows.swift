import DLPrepData

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The text of each row of a column, whether it is stored as codes or as text.
struct TextRows {
  private let strings: ByteStrings
  private let codes: [Int32]?
  private let missing: Bitmap
  let count: Int

  init(_ column: Column) {
    count = column.count
    missing = column.missing
    if column.storage == .codes {
      strings = column.levels?.strings ?? ByteStrings()
      codes = column.codes
    } else {
      strings = column.text
      codes = nil
    }
  }

  /// Calls `body` with the bytes of each row; a missing row has none.
  func visit(_ body: (_ row: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Void) {
    let strings = strings
    unsafe strings.bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<count {
        unsafe body(row, Self.string(row, strings, codes, bytes))
      }
    }
  }

  /// Fills `out` with a function of how each row's text compares to another's: below, at or above
  /// zero.
  func compare<R>(_ other: TextRows, into out: inout [R], _ body: (Int) -> R) {
    let (own, others) = (strings, other.strings)
    unsafe own.bytes.withUnsafeBufferPointer { ownBytes in
      unsafe others.bytes.withUnsafeBufferPointer { otherBytes in
        for row in 0..<count {
          let a = unsafe Self.string(row, own, codes, ownBytes)
          let b = unsafe Self.string(row, others, other.codes, otherBytes)
          out[row] = unsafe body(Self.order(a, b))
        }
      }
    }
  }

  @inline(__always)
  private static func string(
    _ row: Int, _ strings: ByteStrings, _ codes: [Int32]?, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    var position = row
    if let codes {
      guard codes[row] >= 0 else { return unsafe UnsafeBufferPointer(start: nil, count: 0) }
      position = Int(codes[row])
    }
    return unsafe UnsafeBufferPointer(rebasing: bytes[strings.range(position)])
  }

  /// Below zero where a comes before b by bytes, above where it comes after.
  static func order(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
    let shared = min(a.count, b.count)
    if shared > 0, let x = a.baseAddress, let y = b.baseAddress {
      let order = unsafe memcmp(x, y, shared)
      if order != 0 { return Int(order) }
    }
    return a.count - b.count
  }
}
