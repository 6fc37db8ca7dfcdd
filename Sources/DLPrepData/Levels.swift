/// A growing dictionary of byte strings: each distinct string gets the next code, from 0.
///
/// One worker owns and grows it; once it is shared it must not grow any more. The hash seed is
/// random per process, so that no input can be made to collide on purpose; codes depend on the
/// order of first sight only.
public final class Levels: @unchecked Sendable {
  private var table = LevelTable()

  /// An empty dictionary.
  public init() {}

  /// A dictionary of the given strings, in their order; equal ones share a code.
  public convenience init(_ strings: some Sequence<[UInt8]>) {
    self.init()
    for string in strings { _ = intern(string.span) }
  }

  /// The strings, by code.
  public var strings: ByteStrings { table.strings }

  /// How many strings it holds.
  public var count: Int { table.strings.count }

  /// A copy of the string with code `code`.
  public subscript(code: Int) -> [UInt8] { table.strings[code] }

  /// How many bytes of memory it takes.
  public var byteCount: Int { table.byteCount }

  /// The code of a string, which is added where it is new.
  public func intern(_ string: Span<UInt8>) -> Int32 {
    unsafe string.withUnsafeBufferPointer { unsafe intern($0) }
  }

  /// The code of a string, which is added where it is new.
  public func intern(_ string: UnsafeBufferPointer<UInt8>) -> Int32 {
    unsafe table.intern(string)
  }

  /// The codes of many strings, at most 256 at a time; new ones are added, in order.
  public func intern(
    _ strings: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>,
    into codes: UnsafeMutablePointer<Int32>
  ) {
    unsafe table.intern(strings, into: codes)
  }

  /// The code of string `i` of a list, which is added where it is new.
  public func intern(_ list: ByteStrings, _ i: Int) -> Int32 {
    let all = list.bytes.span
    return intern(all.extracting(list.range(i)))
  }

  /// The code of some text, which is added where it is new.
  public func intern(_ text: String) -> Int32 {
    let bytes = Array(text.utf8)
    return intern(bytes.span)
  }

  /// Adds every string of another dictionary.
  public func add(_ other: Levels) {
    for i in 0..<other.count { _ = intern(other.strings, i) }
  }

  /// For each code, the code of the same string in another dictionary; -1 where it lacks it.
  public func codes(in other: Levels) -> [Int32] {
    let list = strings
    let all = list.bytes.span
    var codes: [Int32] = []
    codes.reserveCapacity(count)
    for i in 0..<count { codes.append(other.code(of: all.extracting(list.range(i))) ?? -1) }
    return codes
  }

  /// The code of a string; nil where it isn't in the dictionary.
  public func code(of string: Span<UInt8>) -> Int32? {
    unsafe string.withUnsafeBufferPointer { unsafe table.code(of: $0) }
  }

  /// Forgets everything: codes given before mean nothing any more.
  public func removeAll() { table = LevelTable() }

  /// The codes in the order of their strings' bytes.
  public func sortedCodes() -> [Int] {
    let list = strings
    return unsafe list.bytes.withUnsafeBufferPointer { bytes in
      // Eight bytes after what all have in common tell nearly all of them apart.
      let common = unsafe Self.commonPrefix(list, bytes)
      var keys: [(head: UInt64, code: Int)] = []
      keys.reserveCapacity(list.count)
      for code in 0..<list.count {
        let range = list.range(code)
        var head: UInt64 = 0
        let from = range.lowerBound + common
        for i in 0..<min(8, range.upperBound - from) {
          unsafe head |= UInt64(bytes[from + i]) << UInt64(56 - 8 * i)
        }
        keys.append((head, code))
      }
      keys.sort { a, b in
        if a.head != b.head { return a.head < b.head }
        return unsafe bytes[list.range(a.code)].lexicographicallyPrecedes(
          bytes[list.range(b.code)])
      }
      return keys.map(\.code)
    }
  }

  /// How many bytes all strings start with alike.
  private static func commonPrefix(
    _ list: ByteStrings, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    guard list.count > 0 else { return 0 }
    var common = list.range(0).count
    for code in 1..<max(1, list.count) {
      let range = list.range(code)
      common = min(common, range.count)
      var i = 0
      while i < common, unsafe bytes[i] == bytes[range.lowerBound + i] { i += 1 }
      common = i
    }
    return common
  }
}
