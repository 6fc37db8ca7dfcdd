/// The hash table behind `Levels`: strings in one buffer, codes found by open addressing.
///
/// A struct, so that the class around it pays for one check of exclusive access a look-up, not for
/// one per field.
struct LevelTable {
  /// The strings, by code.
  private(set) var strings = ByteStrings()
  private var slots: [Slot]
  private var mask: Int
  /// The hashes of the strings that are looked up together, and scratch for them.
  private var hashes: [UInt64] = []
  private var touched = Array(repeating: 0, count: 256)

  private struct Slot {
    var hash: UInt32
    var code: Int32
  }

  /// Random per process; each table has a copy, because a global is checked at every use.
  static let seed = UInt64.random(in: .min ... .max)
  private let seed = LevelTable.seed

  init() {
    slots = Array(repeating: Slot(hash: 0, code: -1), count: 64)
    mask = 63
  }

  /// How many bytes of memory it takes.
  var byteCount: Int { strings.bytes.count + strings.ends.count * 8 + slots.count * 8 }

  /// The code of a string, which is added where it is new.
  mutating func intern(_ string: UnsafeBufferPointer<UInt8>) -> Int32 {
    unsafe intern(string, Self.hash(string, seed))
  }

  /// The codes of many strings, in order.
  ///
  /// A large table lies outside the cache, and each look-up would wait for three places of it, one
  /// after the other. So each place is touched for all strings before the next one is needed.
  mutating func intern(
    _ strings: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>,
    into codes: UnsafeMutablePointer<Int32>
  ) {
    hashes.removeAll(keepingCapacity: true)
    for i in 0..<strings.count { unsafe hashes.append(Self.hash(strings[i], seed)) }
    if self.strings.count > 1024 { touch() }
    for i in 0..<strings.count { unsafe codes[i] = unsafe intern(strings[i], hashes[i]) }
  }

  /// Brings what the pending look-ups will need into the cache.
  private mutating func touch() {
    var sum = 0
    for i in hashes.indices {
      let code = Int(slots[Int(truncatingIfNeeded: hashes[i]) & mask].code)
      touched[i & 255] = code
    }
    for i in hashes.indices {
      let code = touched[i & 255]
      touched[i & 255] = code < 0 ? 0 : strings.ends[code] - 1
    }
    for i in hashes.indices {
      let end = touched[i & 255]
      sum &+= end < 0 ? 0 : Int(strings.bytes[end])
    }
    touched[0] = sum
  }

  private mutating func intern(_ string: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int32 {
    let high = UInt32(truncatingIfNeeded: hash >> 32)
    var at = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[at]
      if slot.code < 0 { break }
      if slot.hash == high, unsafe isEqual(Int(slot.code), string) { return slot.code }
      at = (at &+ 1) & mask
    }
    let code = Int32(strings.count)
    unsafe strings.append(string)
    slots[at] = Slot(hash: high, code: code)
    if strings.count * 2 > mask { grow() }
    return code
  }

  /// The code of a string; nil where it isn't there.
  func code(of string: UnsafeBufferPointer<UInt8>) -> Int32? {
    let hash = unsafe Self.hash(string, seed)
    let high = UInt32(truncatingIfNeeded: hash >> 32)
    var at = Int(truncatingIfNeeded: hash) & mask
    while slots[at].code >= 0 {
      if slots[at].hash == high, unsafe isEqual(Int(slots[at].code), string) {
        return slots[at].code
      }
      at = (at &+ 1) & mask
    }
    return nil
  }

  private func isEqual(_ code: Int, _ string: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = strings.range(code)
    guard range.count == string.count else { return false }
    return unsafe strings.bytes.withUnsafeBytes { bytes in
      guard let own = bytes.baseAddress,
        let other = unsafe UnsafeRawPointer(string.baseAddress)
      else { return true }
      return unsafe Self.areEqual(own + range.lowerBound, other, range.count)
    }
  }

  /// Eight bytes at a time; the last eight may overlap those before them.
  static func areEqual(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
    guard count >= 8 else {
      var i = 0
      while i < count {
        if unsafe a.load(fromByteOffset: i, as: UInt8.self)
          != b.load(fromByteOffset: i, as: UInt8.self)
        {
          return false
        }
        i &+= 1
      }
      return true
    }
    var i = 0
    while true {
      let x = unsafe a.loadUnaligned(fromByteOffset: i, as: UInt64.self)
      if unsafe x != b.loadUnaligned(fromByteOffset: i, as: UInt64.self) { return false }
      if i == count &- 8 { return true }
      i = min(i &+ 8, count &- 8)
    }
  }

  private mutating func grow() {
    let old = slots
    mask = mask * 2 + 1
    slots = Array(repeating: Slot(hash: 0, code: -1), count: mask + 1)
    unsafe strings.bytes.withUnsafeBufferPointer { bytes in
      for slot in old where slot.code >= 0 {
        let string = unsafe UnsafeBufferPointer(rebasing: bytes[strings.range(Int(slot.code))])
        var at = unsafe Int(truncatingIfNeeded: Self.hash(string, seed)) & mask
        while slots[at].code >= 0 { at = (at + 1) & mask }
        slots[at] = slot
      }
    }
  }

  /// Folds 16 bytes at a time by a 128-bit multiplication (after wyhash).
  static func hash(_ string: UnsafeBufferPointer<UInt8>, _ seed: UInt64) -> UInt64 {
    let count = string.count
    var state = seed ^ UInt64(count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = unsafe UnsafeRawPointer(string.baseAddress) else { return mix(state, seed) }
    var at = 0
    while count - at > 16 {
      let a = unsafe base.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      let b = unsafe base.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
      state = mix(a ^ 0xA076_1D64_78BD_642F, b ^ state)
      at += 16
    }
    var a: UInt64 = 0
    var b: UInt64 = 0
    if count >= 8 {
      a = unsafe base.loadUnaligned(fromByteOffset: at + min(0, count - at - 8), as: UInt64.self)
      b = unsafe base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    } else if count >= 4 {
      a = unsafe UInt64(base.loadUnaligned(as: UInt32.self))
      b = unsafe UInt64(base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
    } else if count > 0 {
      a =
        unsafe UInt64(string[0]) << 16 | UInt64(string[count / 2]) << 8 | UInt64(string[count - 1])
    }
    return mix(a ^ 0xE703_7ED1_A0B4_28DB, b ^ state)
  }

  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}
