/// Sums of mantissas by binary exponent: how many doubles are added exactly at one addition each.
///
/// Doubles with the same exponent field are integers of the same unit, so they are added as they
/// stand, without shifting, into 128 bits; a piece of a column ends with one shift per exponent
/// that occurred. Two lanes take turns, as a sum can't follow itself in memory at full speed.
@safe struct BinadeTable: ~Copyable {
  /// How many values one table may take: squares have 106 bits, so 2^22 of them fit in 128.
  static let limit = 1 << 21
  /// From how many values on the table is quicker than adding each value by itself.
  static let worthwhile = 512
  private static let size = 2 * 2048

  private let sums: UnsafeMutablePointer<Int128>
  private let squares: UnsafeMutablePointer<UInt128>?
  private var lane = 0
  private var lowest = 2047
  private(set) var highest = 0
  private(set) var count = 0

  init(squares wanted: Bool) {
    unsafe sums = .allocate(capacity: Self.size)
    unsafe sums.initialize(repeating: 0, count: Self.size)
    unsafe squares = wanted ? .allocate(capacity: Self.size) : nil
    unsafe squares?.initialize(repeating: 0, count: Self.size)
  }

  deinit {
    unsafe sums.deallocate()
    unsafe squares?.deallocate()
  }

  /// Adds the values that aren't missing.
  @inline(__always)
  mutating func add(_ values: Span<Double>, missing: Span<UInt64>?) {
    var lane = self.lane
    var lowest = self.lowest
    var highest = self.highest
    var count = 0
    let sums = unsafe sums
    let squares = unsafe squares
    forEachPresent(in: values, missing: missing) { value in
      let parts = DoubleParts(value)
      let slot = lane | parts.field
      unsafe sums[slot] &+= Int128(parts.signed)
      if let squares = unsafe squares {
        unsafe squares[slot] &+= parts.square
      }
      lowest = min(lowest, parts.field)
      highest = max(highest, parts.field)
      lane ^= 2048
      count += 1
    }
    self.lane = lane
    self.lowest = lowest
    self.highest = highest
    self.count += count
  }

  /// Hands out what was added: exponent field, sum of mantissas, sum of squared mantissas.
  @inline(__always)
  consuming func forEachBinade(_ body: (Int, Int128, UInt128) -> Void) {
    guard lowest <= highest else { return }
    for field in lowest...highest {
      let sum = unsafe sums[field] &+ sums[field | 2048]
      var square: UInt128 = 0
      if let squares = unsafe squares { unsafe square = squares[field] &+ squares[field | 2048] }
      if sum != 0 || square != 0 { body(field, sum, square) }
    }
  }
}

/// A double taken apart: `signed × 2^(position − 1074)`.
struct DoubleParts {
  /// The exponent as stored; 2047 for infinities and NaN.
  let field: Int
  /// The mantissa with its sign.
  let signed: Int64

  @inline(__always)
  init(_ value: Double) {
    let bits = value.bitPattern
    let stored = (bits >> 52) & 0x7ff
    field = Int(truncatingIfNeeded: stored)
    let mantissa = (bits & 0xf_ffff_ffff_ffff) | (stored == 0 ? 0 : 1 << 52)
    let sign = UInt64(bitPattern: Int64(bitPattern: bits) >> 63)
    signed = Int64(bitPattern: (mantissa ^ sign) &- sign)
  }

  /// By how many bits the mantissa stands above 2^-1074.
  @inline(__always)
  var position: Int { Self.position(field: field) }

  /// By how many bits mantissas with this exponent field stand above 2^-1074.
  @inline(__always)
  static func position(field: Int) -> Int { max(field, 1) - 1 }

  /// The mantissa's square, 106 bits.
  @inline(__always)
  var square: UInt128 { signed.square }
}
