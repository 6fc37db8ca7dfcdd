import DLPrepBytes
import DLPrepData

/// Counts keys in buckets by their hashes, as scikit-learn's `FeatureHasher` does.
final class HashBuckets {
  /// The most buckets: a component must fit 32 bits.
  static let most = Int(Int32.max)

  private let buckets: Int
  private let isSigned: Bool
  private let seed: UInt32
  /// By key: its bucket, and in the lowest bit whether it counts down.
  private var found: [Int64] = []

  /// So many buckets; `isSigned`: the hash's sign says whether a key counts up or down.
  init(_ buckets: Int, isSigned: Bool, seed: UInt32) {
    self.buckets = buckets
    self.isSigned = isSigned
    self.seed = seed
  }

  /// Adds keys to the row that isn't ended yet; buckets where they cancel out are none.
  func add(_ keys: ByteStrings, to rows: inout SparseRows) {
    found.removeAll(keepingCapacity: true)
    let bytes = keys.bytes.span
    for i in 0..<keys.count { found.append(place(bytes.extracting(keys.range(i)))) }
    found.sort()
    var start = 0
    while start < found.count {
      let bucket = found[start] >> 1
      var sum = 0
      while start < found.count, found[start] >> 1 == bucket {
        sum += found[start] & 1 == 0 ? 1 : -1
        start += 1
      }
      if sum != 0 { rows.append(Int32(bucket), Double(sum)) }
    }
  }

  /// Adds one key to the row that isn't ended yet.
  func add(_ key: Span<UInt8>, to rows: inout SparseRows) {
    let place = place(key)
    rows.append(Int32(place >> 1), place & 1 == 0 ? 1 : -1)
  }

  private func place(_ key: Span<UInt8>) -> Int64 {
    let hash = Int32(bitPattern: Murmur3.hash(key, seed: seed))
    let bucket = Int64(hash.magnitude) % Int64(buckets)
    return bucket << 1 | (isSigned && hash < 0 ? 1 : 0)
  }
}
