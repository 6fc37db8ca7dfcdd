import DLPrepBytes
public import DLPrepData

/// What a value looks like by itself: which types it fits under the rules of inference.
package struct CellKind {
  /// The types it fits.
  package var fits: TypeEvidence.Fits = []
  /// Whether it is a number too large for binary64.
  package var overflows = false
  /// Whether it is a timestamp without an offset.
  package var isLocal = false

  /// Looks at a value that is not missing, with numbers in the plain style.
  package init(of cell: UnsafeBufferPointer<UInt8>) {
    switch unsafe Self.shape(cell) {
    case .code: break
    case .integer:
      var value: Int64 = 0
      if unsafe Numerals.integer(cell, &value) == .number { fits = [.integer, .float] }
    case .decimal:
      var value = 0.0
      fits = .float
      overflows = unsafe Numerals.double(cell, &value) == .overflow
    case .other:
      if unsafe Self.isTrueOrFalse(cell) {
        fits = .bool
      } else if unsafe ISODate.day(cell) != nil {
        fits = .date
      } else if let parts = unsafe ISODate.timestamp(cell) {
        fits = .timestamp
        isLocal = parts.offset == nil
      }
    }
  }

  /// Looks at a value with numbers in another style.
  init(of cell: UnsafeBufferPointer<UInt8>, _ style: NumberStyle) {
    if style.isPlain {
      unsafe self.init(of: cell)
      return
    }
    let scratch = Scratch()
    if let plain = unsafe style.plain(cell, scratch) {
      unsafe self.init(of: plain)
      if !fits.isEmpty { return }
    }
    unsafe self.init(of: cell)
    fits.subtract([.integer, .float])
    overflows = false
  }

  enum Shape {
    /// `[+-]?digits`.
    case integer
    /// With a point or an exponent.
    case decimal
    /// A number with a leading zero: a code such as 007.
    case code
    /// No number.
    case other
  }

  /// The shape of a number; leading zeros make it a code, but for `0` and `0.`.
  static func shape(_ cell: UnsafeBufferPointer<UInt8>) -> Shape {
    let count = cell.count
    var at = 0
    func isDigit() -> Bool { unsafe at < count && cell[at] &- 48 < 10 }
    if count > 0, unsafe cell[0] == UInt8(ascii: "-") || cell[0] == UInt8(ascii: "+") { at = 1 }
    let whole = at
    while isDigit() { at += 1 }
    let wholeDigits = at - whole
    var digits = wholeDigits
    var shape = Shape.integer
    if at < count, unsafe cell[at] == UInt8(ascii: ".") {
      shape = .decimal
      at += 1
      let start = at
      while isDigit() { at += 1 }
      digits += at - start
    }
    guard digits > 0 else { return .other }
    if at < count, unsafe cell[at] | 0x20 == UInt8(ascii: "e") {
      shape = .decimal
      at += 1
      if at < count, unsafe cell[at] == UInt8(ascii: "-") || cell[at] == UInt8(ascii: "+") {
        at += 1
      }
      let start = at
      while isDigit() { at += 1 }
      guard at > start else { return .other }
    }
    guard at == count else { return .other }
    return unsafe wholeDigits > 1 && cell[whole] == 48 ? .code : shape
  }

  /// `true`/`false`, `True`/`False`, `TRUE`/`FALSE`.
  static func isTrueOrFalse(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    unsafe truth(cell) != nil
  }

  /// What the three spellings of true and false say.
  static func truth(_ cell: UnsafeBufferPointer<UInt8>) -> Bool? {
    switch cell.count {
    case 4:
      return unsafe equals(cell, "true") || equals(cell, "True") || equals(cell, "TRUE")
        ? true : nil
    case 5:
      return unsafe equals(cell, "false") || equals(cell, "False") || equals(cell, "FALSE")
        ? false : nil
    default: return nil
    }
  }

  /// What a declared bool takes: true/false, t/f, yes/no, y/n, 1/0 in any case.
  static func lenientTruth(_ cell: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard (1...5).contains(cell.count) else { return nil }
    var lower: UInt64 = 0
    for i in 0..<cell.count {
      let byte = unsafe cell[i]
      let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      lower = lower << 8 | UInt64(isUpper ? byte | 0x20 : byte)
    }
    switch lower {
    case 0x31, 0x74, 0x79, 0x79_6573, 0x7472_7565: return true
    case 0x30, 0x66, 0x6E, 0x6E6F, 0x66_616C_7365: return false
    default: return nil
    }
  }

  private static func equals(_ cell: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    var i = 0
    while unsafe i < cell.count && cell[i] == word.utf8Start[i] { i += 1 }
    return i == cell.count
  }
}

extension TypeEvidence {
  /// Takes in a value that is not missing; numbers are written with a decimal point.
  public mutating func observe(_ cell: Span<UInt8>) {
    unsafe cell.withUnsafeBufferPointer { _ = unsafe take(CellKind(of: $0)) }
  }

  /// Takes in what a value looks like, and says which types it fits.
  @discardableResult
  mutating func take(_ kind: CellKind) -> Fits {
    fits.formIntersection(kind.fits)
    isSeen = true
    isLocal = isLocal || kind.isLocal
    return kind.fits
  }
}
