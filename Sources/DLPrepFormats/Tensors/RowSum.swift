import DLPrepBytes
import Synchronization

/// A checksum of an array's rows that workers add to in any order: the sum, modulo 2^64, of the
/// XXH64 of each row's bytes with the row's number as the seed.
///
/// A hash of the whole file would have to be made by one thread in the end, reading all of it again.
final class RowSum: Sendable {
  private let sum = Atomic<UInt64>(0)

  init() {}

  /// Adds rows of `rowBytes` bytes each, the first of which is row `firstRow`.
  func add(_ rows: [UInt8], rowBytes: Int, firstRow: Int) {
    guard rowBytes > 0 else { return }
    var more: UInt64 = 0
    unsafe rows.withUnsafeBytes { bytes in
      var at = 0
      var row = UInt64(firstRow)
      while at < bytes.count {
        let one = unsafe UnsafeRawBufferPointer(rebasing: bytes[at..<at + rowBytes])
        more &+= unsafe XXH64.hash(one, seed: row)
        at += rowBytes
        row += 1
      }
    }
    sum.wrappingAdd(more, ordering: .relaxed)
  }

  /// What it is, as the feature map shows it.
  var text: String { "rows-xxh64:\(hexadecimal(sum.load(ordering: .relaxed)))" }
}

/// Sixteen hexadecimal digits.
func hexadecimal(_ number: UInt64) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}
