/// The fields that are missing values, told by their bytes as a whole.
struct NullMarkers: Sendable {
  private let markers: [[UInt8]]
  /// Bit n: there is a marker of n bytes (63: or more).
  private let lengths: UInt64
  /// For each first byte, bit n of its word: a marker starts with it (four words of 64 bits).
  private let heads: SIMD4<UInt64>
  /// Whether a marker looks like a value of some type, so that it has to be looked for first.
  let looksLikeValue: Bool
  /// Whether an empty field is missing.
  let takesEmpty: Bool

  init(_ markers: [[UInt8]], _ style: NumberStyle) {
    self.markers = markers
    lengths = markers.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
    var heads = SIMD4<UInt64>()
    for byte in markers.compactMap(\.first) { heads[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
    self.heads = heads
    takesEmpty = markers.contains([])
    looksLikeValue = markers.contains { marker in
      unsafe marker.withUnsafeBufferPointer { !(unsafe CellKind(of: $0, style).fits.isEmpty) }
    }
  }

  /// Whether a field is one of the markers: nearly always told by its length and first byte.
  @inline(__always) func contains(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    if lengths &>> UInt64(min(field.count, 63)) & 1 == 0 { return false }
    if field.count == 0 { return takesEmpty }
    let head = unsafe field[0]
    if heads[Int(head >> 6)] &>> UInt64(head & 63) & 1 == 0 { return false }
    return unsafe holds(field)
  }

  private func holds(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    for marker in markers where marker.count == field.count {
      var i = 0
      while unsafe i < marker.count && marker[i] == field[i] { i += 1 }
      if i == marker.count { return true }
    }
    return false
  }
}
