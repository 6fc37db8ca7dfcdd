import CDLPrepScan
import DLPrepData

/// Puts the values of one column into bytes, in the form that suits them.
struct ColumnPacking {
  private(set) var bytes: [UInt8] = []
  private let column: Column
  private let hasMissing: Bool
  private var count: Int { column.count }

  /// Starts with the words that say which rows are missing, if any is.
  init(_ column: Column, hasMissing: Bool) {
    self.column = column
    self.hasMissing = hasMissing
    if hasMissing { add(column.missing.words, column.missing.words.count) }
  }

  /// Adds the bytes of values as they stand in memory.
  mutating func add<T: BitwiseCopyable>(_ values: [T], _ count: Int) {
    unsafe values.withUnsafeBytes {
      unsafe bytes.append(contentsOf: $0[..<(count * MemoryLayout<T>.stride)])
    }
  }

  mutating func integers() -> PackedColumn.Form {
    let (integers, count) = (column.integers, column.count)
    let extent = unsafe integers.withUnsafeBufferPointer { values in
      unsafe withSkipped { unsafe dlp_extent64(values.baseAddress, $0, count) }
    }
    let form = Self.distances(extent)
    guard case .distances(let base, let width) = form else { return form }
    unsafe integers.withUnsafeBufferPointer { values in
      unsafe fill(width) { out, skip in
        unsafe dlp_narrow64(values.baseAddress, skip, count, base, Int32(width), out)
      }
    }
    return form
  }

  mutating func codes() -> PackedColumn.Form {
    // A missing code is -1, which is a value like any other here.
    let (codes, count) = (column.codes, count)
    let extent = unsafe codes.withUnsafeBufferPointer {
      unsafe dlp_extent32($0.baseAddress, nil, count)
    }
    let form = Self.distances(extent)
    guard case .distances(let base, let width) = form else { return form }
    unsafe codes.withUnsafeBufferPointer { values in
      unsafe fill(width) { out, _ in
        unsafe dlp_narrow32(values.baseAddress, nil, count, Int32(base), Int32(width), out)
      }
    }
    return form
  }

  mutating func flags() -> PackedColumn.Form {
    var words = [UInt64](repeating: 0, count: (count + 63) >> 6)
    let areBits = unsafe column.flags.withUnsafeBufferPointer { flags in
      unsafe words.withUnsafeMutableBufferPointer { words in
        unsafe dlp_narrow_flags(flags.baseAddress, count, words.baseAddress) != 0
      }
    }
    if areBits { add(words, words.count) } else { add(column.flags, count) }
    return areBits ? .bits : .plain
  }

  /// How many decimals most of the numbers have; nil where they stay as they are.
  func decimals() -> Int? {
    let decimals = unsafe column.floats.withUnsafeBufferPointer { values in
      unsafe withSkipped { unsafe dlp_decimals(values.baseAddress, $0, count) }
    }
    return decimals < 0 ? nil : Int(decimals)
  }

  mutating func floats() -> PackedColumn.Form {
    let floats = column.floats
    if let decimals = decimals(), let form = self.decimals(decimals, floats) { return form }
    add(floats, count)
    return .plain
  }

  /// The numbers as whole ones times a power of ten; nil where that saves little.
  private mutating func decimals(_ decimals: Int, _ floats: [Double]) -> PackedColumn.Form? {
    let count = count
    let power = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    return unsafe withUnsafeTemporaryAllocation(of: Int64.self, capacity: count) { whole in
      var odd = [UInt64](repeating: 0, count: (count + 63) >> 6)
      let scaled = unsafe floats.withUnsafeBufferPointer { values in
        unsafe odd.withUnsafeMutableBufferPointer { odd in
          unsafe withSkipped {
            unsafe dlp_scale(
              values.baseAddress, $0, count, power, whole.baseAddress, odd.baseAddress)
          }
        }
      }
      let apart = scaled.odd > 0 ? rows(apart: odd) : []
      guard case .distances(let base, let width) = Self.distances(scaled.extent), width <= 6,
        width * count + apart.count * 12 < count * 7
      else { return nil }
      // All at once: an array that grows takes up to twice what it needs.
      bytes.reserveCapacity(bytes.count + width * count + apart.count * 12)
      unsafe odd.withUnsafeBufferPointer { odd in
        unsafe fill(width) { out, _ in
          unsafe dlp_narrow64(
            whole.baseAddress, scaled.odd > 0 ? odd.baseAddress : nil, count, base, Int32(width),
            out)
        }
      }
      add(apart, apart.count)
      add(apart.map { floats[Int($0)] }, apart.count)
      return .decimals(base: base, width: width, power: power, odd: apart.count)
    }
  }

  /// The marked rows that aren't missing.
  private func rows(apart marked: [UInt64]) -> [UInt32] {
    var rows: [UInt32] = []
    for (i, word) in marked.enumerated() {
      var rest = hasMissing ? word & ~column.missing.words[i] : word
      while rest != 0 {
        rows.append(UInt32(i << 6 + rest.trailingZeroBitCount))
        rest &= rest &- 1
      }
    }
    return rows
  }

  /// The lengths of the texts, then their bytes.
  mutating func text() -> PackedColumn.Form {
    let text = column.text
    let lengths = (0..<count).map { Int64(text.range($0).count) }
    let form = PackedColumn.Form.distances(
      base: 0, width: Self.width(UInt64(lengths.max() ?? 0)))
    guard case .distances(_, let width) = form else { return form }
    let count = count
    bytes.reserveCapacity(bytes.count + width * count + text.bytes.count)
    unsafe lengths.withUnsafeBufferPointer { lengths in
      unsafe fill(width) { out, _ in
        unsafe dlp_narrow64(lengths.baseAddress, nil, count, 0, Int32(width), out)
      }
    }
    bytes += text.bytes
    return form
  }

  private static func distances(_ extent: dlp_extent) -> PackedColumn.Form {
    .distances(
      base: extent.least, width: width(UInt64(bitPattern: extent.greatest &- extent.least)))
  }

  /// How many bytes a number needs.
  private static func width(_ greatest: UInt64) -> Int {
    (64 - greatest.leadingZeroBitCount + 7) / 8
  }

  /// Adds room for values of `width` bytes, and lets `body` fill it.
  private mutating func fill(
    _ width: Int, _ body: (UnsafeMutablePointer<UInt8>?, UnsafePointer<UInt64>?) -> Void
  ) {
    let start = bytes.count
    bytes.reserveCapacity(start + width * count)
    bytes.append(contentsOf: repeatElement(0, count: width * count))
    unsafe withSkipped { skip in
      unsafe bytes.withUnsafeMutableBufferPointer { bytes in
        unsafe body(bytes.baseAddress.map { unsafe $0 + start }, skip)
      }
    }
  }
}

extension ColumnPacking {
  /// Calls `body` with the words of the missing rows; with none where no row is missing.
  private func withSkipped<R>(_ body: (UnsafePointer<UInt64>?) -> R) -> R {
    guard hasMissing else { return body(nil) }
    return unsafe column.missing.words.withUnsafeBufferPointer {
      unsafe body($0.baseAddress)
    }
  }
}
