/// XXH64 (xxHash specification 0.1.1): quick, well mixed, and the same everywhere; not for secrets.
public enum XXH64 {
  @usableFromInline static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  @usableFromInline static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  @usableFromInline static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  @usableFromInline static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  @usableFromInline static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// The hash of some bytes.
  public static func hash(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe hash($0, seed: seed) }
  }

  /// The hash of the UTF-8 of some text.
  public static func hash(_ text: String, seed: UInt64 = 0) -> UInt64 {
    hash(Array(text.utf8), seed: seed)
  }

  /// The hash of a number's eight bytes, low byte first.
  @inlinable
  public static func hash(number: UInt64, seed: UInt64 = 0) -> UInt64 {
    finish(eight(number, seed &+ prime5 &+ 8))
  }

  /// The hash of some bytes.
  @inlinable
  public static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    var at = 0
    let count = bytes.count
    func word(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    var h = seed &+ prime5
    if count >= 32 {
      var a = seed &+ prime1 &+ prime2
      var b = seed &+ prime2
      var c = seed
      var d = seed &- prime1
      while at + 32 <= count {
        a = round(a, word(at))
        b = round(b, word(at + 8))
        c = round(c, word(at + 16))
        d = round(d, word(at + 24))
        at += 32
      }
      h = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
      for lane in [a, b, c, d] { h = (h ^ round(0, lane)) &* prime1 &+ prime4 }
    }
    h &+= UInt64(count)
    while at + 8 <= count {
      h = eight(word(at), h)
      at += 8
    }
    if at + 4 <= count {
      let four = UInt32(
        littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
      h = rotate(h ^ (UInt64(four) &* prime1), 23) &* prime2 &+ prime3
      at += 4
    }
    while at < count {
      h = rotate(h ^ (UInt64(unsafe bytes[at]) &* prime5), 11) &* prime1
      at += 1
    }
    return finish(h)
  }

  @inlinable
  static func rotate(_ x: UInt64, _ by: UInt64) -> UInt64 { x << by | x >> (64 - by) }

  @inlinable
  static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotate(lane &+ input &* prime2, 31) &* prime1
  }

  @inlinable
  static func eight(_ input: UInt64, _ h: UInt64) -> UInt64 {
    rotate(h ^ round(0, input), 27) &* prime1 &+ prime4
  }

  @inlinable
  static func finish(_ mixed: UInt64) -> UInt64 {
    var h = mixed
    h = (h ^ (h >> 33)) &* prime2
    h = (h ^ (h >> 29)) &* prime3
    return h ^ (h >> 32)
  }
}
