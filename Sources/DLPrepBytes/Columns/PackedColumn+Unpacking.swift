import CDLPrepScan
package import DLPrepData

extension PackedColumn {
  /// Puts the values into a column, on the memory that it has where that suffices.
  package func unpack(into column: Column) {
    column.prepare(storage, count: count)
    column.levels = levels
    var at = 0
    if hasMissing { take(&column.missing.words, column.missing.words.count, &at) }
    switch storage {
    case .floats: floats(column, at)
    case .integers:
      guard case .distances(let base, let width) = form else { return }
      unsafe column.integers.withUnsafeMutableBufferPointer { out in
        unsafe withBytes(at) {
          unsafe dlp_widen64($0, count, base, Int32(width), out.baseAddress)
        }
      }
    case .codes:
      guard case .distances(let base, let width) = form else { return }
      unsafe column.codes.withUnsafeMutableBufferPointer { out in
        unsafe withBytes(at) {
          unsafe dlp_widen32($0, count, Int32(base), Int32(width), out.baseAddress)
        }
      }
    case .flags:
      guard case .bits = form else { return take(&column.flags, count, &at) }
      var words = [UInt64](repeating: 0, count: (count + 63) >> 6)
      take(&words, words.count, &at)
      unsafe column.flags.withUnsafeMutableBufferPointer { out in
        unsafe words.withUnsafeBufferPointer {
          unsafe dlp_widen_flags($0.baseAddress, count, out.baseAddress)
        }
      }
    case .text: text(column, at)
    case .sparse: sparse(column, at)
    }
  }

  private func floats(_ column: Column, _ start: Int) {
    var at = start
    guard case .decimals(let base, let width, let power, let odd) = form else {
      return take(&column.floats, count, &at)
    }
    unsafe column.floats.withUnsafeMutableBufferPointer { out in
      unsafe withBytes(at) {
        unsafe dlp_widen_decimals($0, count, base, Int32(width), power, out.baseAddress)
      }
    }
    guard odd > 0 else { return }
    at += width * count
    var rows = [UInt32](repeating: 0, count: odd)
    var values = [Double](repeating: 0, count: odd)
    take(&rows, odd, &at)
    take(&values, odd, &at)
    for i in 0..<odd { column.floats[Int(rows[i])] = values[i] }
  }

  private func text(_ column: Column, _ start: Int) {
    guard case .distances(_, let width) = form else { return }
    var lengths = [Int64](repeating: 0, count: count)
    unsafe lengths.withUnsafeMutableBufferPointer { out in
      unsafe withBytes(start) { unsafe dlp_widen64($0, count, 0, Int32(width), out.baseAddress) }
    }
    var end = 0
    column.text.ends.reserveCapacity(count)
    for length in lengths {
      end += Int(length)
      column.text.ends.append(end)
    }
    let first = start + width * count
    column.text.bytes.append(contentsOf: bytes[first..<first + size])
  }

  private func sparse(_ column: Column, _ start: Int) {
    var at = start
    var ends = [Int](repeating: 0, count: count)
    var components = [Int32](repeating: 0, count: size)
    var values = [Double](repeating: 0, count: size)
    take(&ends, count, &at)
    take(&components, size, &at)
    take(&values, size, &at)
    column.sparse = SparseRows(
      ends: ends, components: components, values: values, isWhole: isWhole)
  }

  /// Copies values as they stand in memory.
  private func take<T: BitwiseCopyable>(_ values: inout [T], _ count: Int, _ at: inout Int) {
    let size = count * MemoryLayout<T>.stride
    unsafe values.withUnsafeMutableBytes { out in
      unsafe bytes.withUnsafeBytes { bytes in
        unsafe out.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[at..<at + size]))
      }
    }
    at += size
  }

  private func withBytes(_ at: Int, _ body: (UnsafePointer<UInt8>?) -> Void) {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe body(bytes.baseAddress.map { unsafe $0 + at })
    }
  }
}
