/// A list of byte strings in one buffer: string i ends at `ends[i]`, where the next one starts.
public struct ByteStrings: Sendable, Equatable {
  /// All strings, one after the other.
  public var bytes: [UInt8]
  /// Where each string ends.
  public var ends: [Int]

  /// An empty list.
  public init() {
    bytes = []
    ends = []
  }

  /// A list of the given strings.
  public init(_ strings: some Sequence<[UInt8]>) {
    self.init()
    for string in strings { append(string) }
  }

  /// How many strings there are.
  public var count: Int { ends.count }

  /// Where string `i` stands in `bytes`.
  @inlinable public func range(_ i: Int) -> Range<Int> { (i == 0 ? 0 : ends[i - 1])..<ends[i] }

  /// A copy of string `i`.
  public subscript(i: Int) -> [UInt8] { Array(bytes[range(i)]) }

  /// Adds a string at the end.
  public mutating func append(_ string: some Collection<UInt8>) {
    bytes.append(contentsOf: string)
    ends.append(bytes.count)
  }

  /// Adds string `i` of another list at the end.
  public mutating func append(_ other: ByteStrings, _ i: Int) {
    bytes.append(contentsOf: other.bytes[other.range(i)])
    ends.append(bytes.count)
  }

  /// Forgets all strings, keeping the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Where `string` stands in a list that is sorted by bytes; nil where it isn't in it.
  public func sortedIndex(of string: Span<UInt8>) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let order = compare(middle, string)
      if order == 0 { return middle }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private func compare(_ i: Int, _ string: Span<UInt8>) -> Int {
    let own = range(i)
    let shared = min(own.count, string.count)
    for k in 0..<shared where bytes[own.lowerBound + k] != string[k] {
      return bytes[own.lowerBound + k] < string[k] ? -1 : 1
    }
    return own.count - string.count
  }
}
