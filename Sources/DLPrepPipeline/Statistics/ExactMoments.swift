/// Count, exact sum and exact sum of squares: mean and variance without any rounding on the way.
///
/// Each square is an exact integer of 106 bits, kept in units of 2^-2148. The variance is one
/// fraction, (n Σx² − (Σx)²) ÷ n², and rounded once: a constant column has exactly 0, and a large
/// mean takes nothing from a small spread.
package struct ExactMoments: Sendable, Equatable {
  static let wordCount = 67

  /// How many values were not missing.
  internal(set) package var count = 0
  /// Their exact sum.
  internal(set) package var sum = ExactSum()
  var squares = [UInt64](repeating: 0, count: wordCount)

  /// The moments of nothing.
  package init() {}

  /// Adds the values that aren't missing: bit `i & 63` of word `i >> 6` set is missing.
  package mutating func add(_ values: Span<Double>, missing: Span<UInt64>? = nil) {
    if values.count < BinadeTable.worthwhile {
      return forEachPresent(in: values, missing: missing) { add($0) }
    }
    forEachPiece(of: values, missing: missing, size: BinadeTable.limit) { values, missing in
      var table = BinadeTable(squares: true)
      table.add(values, missing: missing)
      count += table.count
      if table.highest == 2047 { sum.add(.nan) }
      table.forEachBinade { field, total, square in
        add(total, square, position: DoubleParts.position(field: field))
      }
    }
  }

  /// Adds one value.
  package mutating func add(_ value: Double) {
    let parts = DoubleParts(value)
    if parts.field == 2047 { sum.add(.nan) }
    add(Int128(parts.signed), parts.square, position: parts.position)
    count += 1
  }

  /// Takes one of the added values away again, exactly; an infinity or NaN can't be.
  package mutating func remove(_ value: Double) {
    let parts = DoubleParts(value)
    sum.add(-Int128(parts.signed), position: parts.position)
    var span = squares.mutableSpan
    WideInteger.add(
      -Int128(parts.square), shift: 2 * parts.position, to: &span, in: 0..<Self.wordCount)
    count -= 1
  }

  /// Adds integers, also those that no double can hold.
  package mutating func add(_ values: Span<Int64>, missing: Span<UInt64>? = nil) {
    forEachPiece(of: values, missing: missing, size: 4096) { values, missing in
      if !addSmall(values, missing) { addLarge(values, missing) }
    }
  }

  /// Adds up to 4096 integers of at most 25 bits, whose sums fit in 64; false where one is larger.
  private mutating func addSmall(_ values: Span<Int64>, _ missing: Span<UInt64>?) -> Bool {
    var total: Int64 = 0
    var square: UInt64 = 0
    var bits: UInt64 = 0
    var found = 0
    forEachPresent(in: values, missing: missing) { value in
      total &+= value
      square &+= UInt64(bitPattern: value &* value)
      bits |= value.magnitude
      found &+= 1
    }
    guard bits < 1 << 25 else { return false }
    add(Int128(total), UInt128(square), position: 1074)
    count += found
    return true
  }

  private mutating func addLarge(_ values: Span<Int64>, _ missing: Span<UInt64>?) {
    var total: Int128 = 0
    var square: UInt128 = 0
    var found = 0
    forEachPresent(in: values, missing: missing) { value in
      total &+= Int128(value)
      let (sum, overflow) = square.addingReportingOverflow(value.square)
      square = sum
      if overflow { add(0, 1, position: 1074 + 64) }
      found += 1
    }
    add(total, square, position: 1074)
    count += found
  }

  /// Adds so many zeros.
  package mutating func addZeros(_ zeros: Int) { count += zeros }

  /// Adds the values of another part of the rows.
  package mutating func merge(_ other: ExactMoments) {
    count += other.count
    sum.merge(other.sum)
    var span = squares.mutableSpan
    WideInteger.add(other.squares.span, to: &span, in: 0..<Self.wordCount)
  }

  /// Whether neither an infinity nor NaN came in.
  package var isFinite: Bool { !sum.hasNonFinite }

  /// Σx ÷ n, rounded once; NaN without values.
  package var mean: Double { sum.divided(by: count) }

  /// The population's variance, as scikit-learn's `StandardScaler` takes it; NaN without values.
  package var variance: Double { variance(ddof: 0) }

  /// (n Σx² − (Σx)²) ÷ (n (n − ddof)), rounded once; NaN unless there are more values than `ddof`.
  package func variance(ddof: Int) -> Double {
    if sum.hasNonFinite { return .nan }
    return PowerSums.variance(
      count: count, divisor: count - ddof, sum: sum.integer.span, squares: squares.span,
      unit: -1074)
  }

  /// The root of the variance, right also where the variance is too large or small for a double.
  package func standardDeviation(ddof: Int = 0) -> Double {
    if sum.hasNonFinite { return .nan }
    return PowerSums.standardDeviation(
      count: count, divisor: count - ddof, sum: sum.integer.span, squares: squares.span,
      unit: -1074)
  }

  @inline(__always)
  private mutating func add(_ total: Int128, _ square: UInt128, position: Int) {
    sum.add(total, position: position)
    var span = squares.mutableSpan
    WideInteger.add(square, shift: 2 * position, to: &span, in: 0..<Self.wordCount)
  }
}
