/// MurmurHash3 for 32 bits (x86), as scikit-learn and Spark hash features.
public enum Murmur3 {
  /// The hash of some bytes.
  public static func hash(_ bytes: Span<UInt8>, seed: UInt32 = 0) -> UInt32 {
    var hash = seed
    var at = 0
    while at + 4 <= bytes.count {
      let word =
        UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
        | UInt32(bytes[at + 3]) << 24
      hash = rotated(hash ^ mixed(word), 13) &* 5 &+ 0xE654_6B64
      at += 4
    }
    var rest: UInt32 = 0
    for i in (at..<bytes.count).reversed() { rest = rest << 8 | UInt32(bytes[i]) }
    if at < bytes.count { hash ^= mixed(rest) }
    hash ^= UInt32(truncatingIfNeeded: bytes.count)
    hash = (hash ^ hash >> 16) &* 0x85EB_CA6B
    hash = (hash ^ hash >> 13) &* 0xC2B2_AE35
    return hash ^ hash >> 16
  }

  private static func mixed(_ word: UInt32) -> UInt32 {
    rotated(word &* 0xCC9E_2D51, 15) &* 0x1B87_3593
  }

  private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word << bits | word >> (32 - bits)
  }
}
