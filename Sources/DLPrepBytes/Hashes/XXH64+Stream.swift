extension XXH64 {
  /// The hash of bytes that come piece by piece: the same as of all of them at once.
  public struct Stream: Sendable {
    private var lanes: [UInt64]
    private var pending: [UInt8] = []
    private var count = 0
    private let seed: UInt64

    /// Nothing hashed yet.
    public init(seed: UInt64 = 0) {
      self.seed = seed
      lanes = [seed &+ prime1 &+ prime2, seed &+ prime2, seed, seed &- prime1]
    }

    /// Hashes more bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
      count += bytes.count
      var at = 0
      if !pending.isEmpty {
        at = min(32 - pending.count, bytes.count)
        unsafe pending.append(contentsOf: bytes[..<at])
        if pending.count < 32 { return }
        let whole = pending
        unsafe whole.withUnsafeBytes { unsafe take($0) }
        pending.removeAll(keepingCapacity: true)
      }
      let whole = (bytes.count - at) & ~31
      unsafe take(UnsafeRawBufferPointer(rebasing: bytes[at..<at + whole]))
      unsafe pending.append(contentsOf: bytes[(at + whole)...])
    }

    private mutating func take(_ stripes: UnsafeRawBufferPointer) {
      var (a, b, c, d) = (lanes[0], lanes[1], lanes[2], lanes[3])
      func word(_ offset: Int) -> UInt64 {
        UInt64(littleEndian: unsafe stripes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      }
      var at = 0
      while at < stripes.count {
        a = round(a, word(at))
        b = round(b, word(at + 8))
        c = round(c, word(at + 16))
        d = round(d, word(at + 24))
        at += 32
      }
      lanes = [a, b, c, d]
    }

    /// The hash of all bytes so far.
    public func value() -> UInt64 {
      var h = seed &+ prime5
      if count >= 32 {
        h = rotate(lanes[0], 1) &+ rotate(lanes[1], 7)
        h &+= rotate(lanes[2], 12) &+ rotate(lanes[3], 18)
        for lane in lanes { h = (h ^ round(0, lane)) &* prime1 &+ prime4 }
      }
      h &+= UInt64(count)
      var at = 0
      while at + 8 <= pending.count {
        let word = pending[at..<at + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        h = eight(word, h)
        at += 8
      }
      if at + 4 <= pending.count {
        let four = pending[at..<at + 4].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        h = rotate(h ^ (four &* prime1), 23) &* prime2 &+ prime3
        at += 4
      }
      while at < pending.count {
        h = rotate(h ^ (UInt64(pending[at]) &* prime5), 11) &* prime1
        at += 1
      }
      return finish(h)
    }
  }
}
