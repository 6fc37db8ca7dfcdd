/// Finds strings in a list that is sorted by bytes: by halving at first, by their hashes once it
/// has been asked so often that a table pays.
///
/// A run over a few rows never builds the table, and one over a million rows looks tens of thousands
/// of distinct values up at a fifth of the cost. One worker owns it.
public final class SortedStrings {
  private let strings: ByteStrings
  private let seed = LevelTable.seed
  private var asked = 0
  /// Positions in the list by hash, open addressing; -1 is free.
  ///
  /// Empty before it pays.
  private var slots: [Int32] = []

  /// A list that is sorted by bytes, without repetitions.
  public init(_ strings: ByteStrings) { self.strings = strings }

  /// Where `string` stands in the list; nil where it isn't in it.
  public func index(of string: Span<UInt8>) -> Int? {
    if slots.isEmpty {
      asked += 1
      guard asked > 64, asked > strings.count >> 4, strings.count < Int32.max else {
        return strings.sortedIndex(of: string)
      }
      buildTable()
    }
    return unsafe string.withUnsafeBufferPointer { sought in
      unsafe strings.bytes.withUnsafeBufferPointer { bytes in
        unsafe find(sought, bytes)
      }
    }
  }

  private func find(
    _ sought: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    let mask = slots.count - 1
    var at = unsafe Int(truncatingIfNeeded: LevelTable.hash(sought, seed)) & mask
    while slots[at] >= 0 {
      let range = strings.range(Int(slots[at]))
      if range.count == sought.count, unsafe isEqual(bytes, range, sought) { return Int(slots[at]) }
      at = (at &+ 1) & mask
    }
    return nil
  }

  private func isEqual(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ sought: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let own = unsafe UnsafeRawPointer(bytes.baseAddress),
      let other = unsafe UnsafeRawPointer(sought.baseAddress)
    else { return true }
    return unsafe LevelTable.areEqual(own + range.lowerBound, other, range.count)
  }

  private func buildTable() {
    var size = 64
    while size < strings.count * 2 { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    let mask = size - 1
    unsafe strings.bytes.withUnsafeBufferPointer { bytes in
      for i in 0..<strings.count {
        let string = unsafe UnsafeBufferPointer(rebasing: bytes[strings.range(i)])
        var at = unsafe Int(truncatingIfNeeded: LevelTable.hash(string, seed)) & mask
        while slots[at] >= 0 { at = (at &+ 1) & mask }
        slots[at] = Int32(i)
      }
    }
    self.slots = slots
  }
}
