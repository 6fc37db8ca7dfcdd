/// What quantiles are taken of: the values or their distance from a centre.
package enum Measured: Sendable, Hashable {
  /// The values themselves.
  case values
  /// |x − centre|, as for the median absolute deviation.
  case deviation(from: Double)
}

/// Doubles and integers as unsigned integers of the same order.
enum SortKey {
  /// A double's key; −0.0 has the key of 0.0, as they are equal.
  @inline(__always)
  static func of(_ value: Double) -> UInt64 {
    let bits = (value + 0.0).bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }

  /// An integer's key.
  @inline(__always)
  static func of(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ 1 << 63 }

  /// The double with this key.
  static func double(_ key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key ^ 1 << 63 : ~key)
  }

  /// The integer with this key.
  static func integer(_ key: UInt64) -> Int64 { Int64(bitPattern: key ^ 1 << 63) }
}
