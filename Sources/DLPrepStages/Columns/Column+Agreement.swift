import DLPrepBytes
import DLPrepData
import DLPrepPipeline

extension Column {
  /// Whether another column of the same type holds the same values, row by row.
  func agrees(with other: Column) -> Bool {
    guard count == other.count, missing == other.missing else { return false }
    let present = (0..<count).lazy.filter { !self.missing[$0] }
    switch (storage, other.storage) {
    case (.integers, .integers): return present.allSatisfy { integers[$0] == other.integers[$0] }
    case (.flags, .flags): return present.allSatisfy { flags[$0] == other.flags[$0] }
    case (.codes, .codes):
      guard let levels, let others = other.levels, levels !== others else {
        return present.allSatisfy { codes[$0] == other.codes[$0] }
      }
      let map = others.codes(in: levels)
      return present.allSatisfy { codes[$0] == map[Int(other.codes[$0])] }
    case (.text, .text):
      let (a, b) = (text, other.text)
      return present.allSatisfy { a.bytes[a.range($0)] == b.bytes[b.range($0)] }
    case (.floats, _), (_, .floats):
      let (a, b) = (numbers(), other.numbers())
      return present.allSatisfy { a[$0] == b[$0] }
    default: return false
    }
  }

  /// A number that is the same for columns that agree, and hardly ever for others.
  func fingerprint() -> UInt64 {
    var hash = UInt64(count)
    func add(_ bits: UInt64) {
      hash = (hash ^ bits) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    func add(_ strings: ByteStrings, _ i: Int) {
      let bytes = strings.bytes.span.extracting(strings.range(i))
      unsafe bytes.withUnsafeBytes { unsafe add(XXH64.hash($0)) }
    }
    let strings = levels?.strings
    for row in 0..<count {
      if missing[row] {
        add(1)
        continue
      }
      switch storage {
      // A column of whole numbers may hold them as floats; both zeros are one.
      case .integers: add((Double(integers[row]) + 0).bitPattern)
      case .floats: add((floats[row] + 0).bitPattern)
      case .flags: add(UInt64(flags[row]))
      case .codes: if let strings { add(strings, Int(codes[row])) }
      case .text: add(text, row)
      case .sparse: break
      }
    }
    return hash
  }
}
