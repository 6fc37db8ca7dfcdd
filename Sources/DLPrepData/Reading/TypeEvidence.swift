/// Which narrow types the values of an undeclared column fit; what is left decides its type.
///
/// The order is integer, float, bool, date, timestamp; a value that fits none of what is left
/// makes the column a category (or text, where most values are distinct).
public struct TypeEvidence: Sendable, Equatable {
  /// Types that every value so far fits.
  public struct Fits: OptionSet, Sendable, Hashable {
    /// One bit a type.
    public let rawValue: UInt8
    /// The types with the given bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// `[+-]?digits` within 64 bits, no leading zero.
    public static let integer = Fits(rawValue: 1)
    /// A decimal, no leading zero but `0` or `0.`.
    public static let float = Fits(rawValue: 2)
    /// true/false in three spellings.
    public static let bool = Fits(rawValue: 4)
    /// `YYYY-MM-DD`.
    public static let date = Fits(rawValue: 8)
    /// ISO 8601 with an offset or without.
    public static let timestamp = Fits(rawValue: 16)
    /// All of them.
    public static let all: Fits = [.integer, .float, .bool, .date, .timestamp]
  }

  /// The types that are still possible.
  public var fits = Fits.all
  /// Whether there was any value at all.
  public var isSeen = false
  /// Whether a timestamp without an offset was seen: it is read as UTC.
  public var isLocal = false
  /// The first number out of binary64's range, which no type takes.
  public var overflow: PrepError?

  /// No value seen yet.
  public init() {}

  /// Takes over what another part of the column showed.
  public mutating func merge(_ other: TypeEvidence) {
    fits.formIntersection(other.fits)
    isSeen = isSeen || other.isSeen
    isLocal = isLocal || other.isLocal
    if let theirs = other.overflow, overflow?.record ?? .max > theirs.record ?? .max {
      overflow = theirs
    }
  }

  /// The narrowest type that is left; category where none is.
  public var type: CellType {
    if !isSeen { return .float }
    if fits.contains(.integer) { return .integer(takesDecimals: false) }
    if fits.contains(.float) { return .float }
    if fits.contains(.bool) { return .bool(lenient: false) }
    if fits.contains(.date) { return .date(format: nil) }
    if fits.contains(.timestamp) { return .timestamp(format: nil, timezone: nil) }
    return .category
  }
}
