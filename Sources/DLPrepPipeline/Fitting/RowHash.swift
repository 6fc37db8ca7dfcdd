import DLPrepBytes
import DLPrepData

/// Where chance puts a row: into a part or a fold, by a hash of its key or number.
///
/// It depends on the seed, the purpose and the key alone, never on how the rows are partitioned:
/// h = XXH64(key, seed xor XXH64(purpose)). A row is a test row if h < share x 2^64; its fold is
/// the high 64 bits of h x K.
struct RowHash {
  private let seed: UInt64

  /// A hash for one purpose: `split`, `fold`, `sample`, ...
  init(seed: UInt64, purpose: String) {
    self.seed = seed ^ XXH64.hash(purpose)
  }

  /// The hash of a key as read.
  func of(_ key: Span<UInt8>) -> UInt64 {
    unsafe key.bytes.withUnsafeBytes { unsafe XXH64.hash($0, seed: seed) }
  }

  /// The hash of a record's number, as 8 little-endian bytes.
  func of(record: Int) -> UInt64 { XXH64.hash(number: UInt64(record), seed: seed) }

  /// The hash of a record's number for its first row, and others for the copies of that row.
  func of(record: Int, copy: UInt64) -> UInt64 {
    let first = of(record: record)
    return copy == 0 ? first : XXH64.hash(number: copy, seed: first)
  }

  /// The hashes of a block's rows, by a key column as read; a missing key is the row's number.
  func of(_ key: Column?, _ rows: Rows) -> [UInt64] {
    guard let key, let levels = key.levels else {
      return (0..<rows.count).map { of(record: rows[$0]) }
    }
    var table = CodeTable<UInt64>(missing: 0)
    table.update(levels) { of($0) }
    return (0..<rows.count).map { key.codes[$0] < 0 ? of(record: rows[$0]) : table[key.codes[$0]] }
  }

  /// Whether a hash falls into the test share.
  static func isTest(_ hash: UInt64, share: Double) -> Bool {
    share >= 1 || Double(hash) < share * 0x1p64
  }

  /// The fold of a hash, of `count` folds.
  static func fold(_ hash: UInt64, of count: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(count)).high)
  }
}
