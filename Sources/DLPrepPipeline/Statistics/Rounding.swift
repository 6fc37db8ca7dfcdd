extension Double {
  /// The double nearest to `(magnitude + tail) × 2^exponent`, ties to even, infinite on overflow.
  ///
  /// `tail` is in [0, 1) and above 0 exactly if `inexact`; the magnitude must then have at least
  /// 55 bits, so that no bit of the tail could reach the result.
  init(rounding magnitude: UInt128, exponent: Int, inexact: Bool, negative: Bool = false) {
    var bits = UInt64(truncatingIfNeeded: magnitude)
    var exponent = exponent
    var inexact = inexact
    if magnitude > UInt128(UInt64.max) {
      let drop = 64 - (magnitude >> 64).leadingZeroBitCount + 64
      inexact = inexact || magnitude.trailingZeroBitCount < drop
      bits = UInt64(truncatingIfNeeded: magnitude >> UInt128(drop))
      exponent += drop
    }
    guard bits != 0 else {
      self = 0
      return
    }
    let length = 64 - bits.leadingZeroBitCount
    // The weight of the result's last bit: 53 bits below the top, or where subnormals end.
    let unit = max(exponent + length - 53, -1074)
    let shift = unit - exponent
    var quotient: UInt64
    if shift <= 0 {
      quotient = bits << UInt64(-shift)
    } else if shift > 64 {
      quotient = 0
    } else {
      quotient = shift == 64 ? 0 : bits >> UInt64(shift)
      let half = UInt64(1) << UInt64(shift - 1)
      let rest = bits & (half | (half - 1))
      if rest > half || (rest == half && (inexact || quotient & 1 == 1)) { quotient += 1 }
    }
    // A quotient that rounds up to 2^53 carries into the exponent field, as it should.
    let field = unit + 1074
    let pattern =
      field > 2046
      ? Double.infinity.bitPattern
      : min((UInt64(field) << 52) + quotient, Double.infinity.bitPattern)
    self = Double(bitPattern: pattern | (negative ? 1 << 63 : 0))
  }
}
