import CDLPrepScan
import DLPrepData

/// Some rows of columns as whole numbers (`FixedPoint`), in the form in which vector units multiply
/// them: panels of 16 columns, each number in parts of 32 bits (`dlp_products.h`).
struct ProductPanels: Sendable {
  /// How many columns a panel has.
  static let width = 16
  /// How many panels there are.
  let count: Int
  /// How many rows it takes at a time.
  let most: Int
  /// The most rows whose products fit into 64 bits.
  private let reach: Int
  /// A number is its high part times 2^`shift` and its low part.
  private let shift: Int
  /// How many planes of parts there are; the last of four tells where numbers are.
  private let planes: Int
  private var rows = 0
  private var numbers: [Int32]

  /// For so many columns of whole numbers of at most `bits` bits, some of them missing or none.
  init(columns: Int, bits: Int, hasGaps: Bool) {
    shift = bits / 2
    // The sum of both parts, each rounded up at most, is the largest number that is multiplied.
    let largest = (1 << (bits - shift)) + (1 << (shift - 1)) + 1
    reach = max(1, min(256, Int.max / (largest * largest)))
    planes = hasGaps ? 4 : 3
    count = (columns + Self.width - 1) / Self.width
    // About 4 MiB: few rows at a time, but enough to share the work on them.
    let row = planes * Self.width * max(1, count)
    most = max(1, (1 << 20) / row / reach) * reach
    numbers = Array(repeating: 0, count: most * row)
  }

  /// Takes in rows of columns, in the place of those before; each column's sum.
  mutating func fill(
    _ columns: [Column], _ scales: [FixedPoint], _ range: Range<Int>, _ threads: SpareThreads
  ) -> [Int128] {
    rows = range.count
    let (size, planes, shift) = (most * Self.width, planes, shift)
    return unsafe numbers.withUnsafeMutableBufferPointer { numbers in
      nonisolated(unsafe) let base = numbers.baseAddress
      return threads.map(columns.count) { i in
        let (panel, place) = i.quotientAndRemainder(dividingBy: Self.width)
        let missing = columns[i].missing
        let parts = columns[i].withNumbers { values in
          unsafe values.withUnsafeBufferPointer { values in
            unsafe missing.words.withUnsafeBufferPointer { words in
              guard let values = values.baseAddress, let base = unsafe base else {
                return dlp_parts()
              }
              return unsafe dlp_fill(
                values + range.lowerBound, range.count, missing.any ? words.baseAddress : nil,
                range.lowerBound, scales[i].parts(shift: shift), base + panel * planes * size,
                Int32(place), size, Int32(planes))
            }
          }
        }
        return Int128(parts.high) << shift + Int128(parts.low)
      }
    }
  }

  /// Calls `add` with sums of products of columns i ≤ j, the one in panel `a`, the other in panel
  /// `b`; with several for each pair, as they come.
  func products(_ a: Int, _ b: Int, _ add: (_ i: Int, _ j: Int, Int128) -> Void) {
    let (width, size) = (Self.width, Self.width * Self.width)
    unsafe withUnsafeTemporaryAllocation(of: Int64.self, capacity: 3 * size) { sums in
      unsafe numbers.withUnsafeBufferPointer { numbers in
        guard let base = numbers.baseAddress, let out = sums.baseAddress else { return }
        for start in stride(from: 0, to: rows, by: reach) {
          for plane in 0..<3 {
            unsafe dlp_products(
              base + (planes * a + plane) * most * width + start * width,
              base + (planes * b + plane) * most * width + start * width,
              min(reach, rows - start), out + plane * size)
          }
          for j in 0..<width {
            for i in 0..<(a == b ? j + 1 : width) {
              let high = unsafe Int128(sums[i * width + j])
              let low = unsafe Int128(sums[i * width + j + size])
              let mixed = unsafe Int128(sums[i * width + j + 2 * size]) &- high &- low
              add(
                a * width + i, b * width + j,
                high &<< (2 * shift) &+ mixed &<< shift &+ low)
            }
          }
        }
      }
    }
  }

  /// Calls `add` for each column of a panel with what it has in some of the rows; with several
  /// parts of it, as they come.
  func parts(
    of panel: Int, in some: [UInt32],
    _ add: (_ i: Int, _ count: Int, _ sum: Int128, _ squares: Int128) -> Void
  ) {
    let width = Self.width
    unsafe withUnsafeTemporaryAllocation(of: Int64.self, capacity: 6 * width) { sums in
      unsafe numbers.withUnsafeBufferPointer { numbers in
        unsafe some.withUnsafeBufferPointer { some in
          guard let base = numbers.baseAddress, let rows = some.baseAddress,
            let out = sums.baseAddress
          else { return }
          for start in stride(from: 0, to: some.count, by: reach) {
            unsafe dlp_some_rows(
              base + planes * panel * most * width, most * width, rows + start,
              min(reach, some.count - start), out)
            for i in 0..<width {
              let (high, low) = unsafe (Int128(sums[i]), Int128(sums[i + width]))
              let (square, mixed) = unsafe (sums[i + 2 * width], sums[i + 3 * width])
              let squares =
                unsafe Int128(square) << (2 * shift) + Int128(mixed) << (shift + 1)
                + Int128(sums[i + 4 * width])
              unsafe add(
                panel * width + i, Int(sums[i + 5 * width]), high << shift + low, squares)
            }
          }
        }
      }
    }
  }
}

extension FixedPoint {
  /// How a number becomes a high part, which counts 2^`shift`, and a low one.
  fileprivate func parts(shift: Int) -> dlp_fixed {
    dlp_fixed(
      center: center, factor: factors.0, factor2: factors.1,
      unit: Double(sign: .plus, exponent: shift, significand: 1))
  }
}
