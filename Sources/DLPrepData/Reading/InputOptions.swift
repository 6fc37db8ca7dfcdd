/// How the bytes of an input are read: what `input:` of a pipeline file says, and its defaults.
public struct InputOptions: Sendable, Equatable {
  /// The text encodings that can be read; a byte order mark decides over what is stated.
  public enum Encoding: String, Sendable, Hashable, CaseIterable {
    case utf8 = "utf-8"
    case utf16le = "utf-16le"
    case utf16be = "utf-16be"
    case latin1
    case cp1252
  }

  /// What an infinite number in a float column is: an error, missing, or the number itself.
  public enum Infinity: String, Sendable, Hashable, CaseIterable {
    case error
    case null
    case keep
  }

  /// The byte between fields; nil: the most frequent of `,` `;` tab `|` in the header record.
  public var delimiter: UInt8?
  /// A byte that escapes a quote inside a quoted field; nil: only `""` does.
  public var escape: UInt8?
  /// Whether the first record holds the columns' names.
  public var header = true
  /// The names where there is no header; nil: `column_1`, `column_2`, ...
  public var columns: [String]?
  /// The encoding of an input without a byte order mark.
  public var encoding = Encoding.utf8
  /// Fields that are missing values: whole, exact to the byte, quoted or not.
  public var nullValues = InputOptions.defaultNullValues
  /// Whether white space around unquoted fields is cut off before anything else is told of them.
  public var trim = false
  /// The byte before the decimals of a number: `.` or `,`.
  public var decimal = UInt8(ascii: ".")
  /// A byte between groups of three digits of a number: one of `,` `.` `'` space `_`.
  public var thousands: UInt8?
  /// A first byte that makes a line a comment.
  public var comment: UInt8?
  /// What becomes of a record that breaks the contract.
  public var badRows = BadRowAction.error
  /// The largest share of refused records that a run may end with; tested at the end.
  public var maxBadFraction = 1.0
  /// What an infinite number in a float column is.
  public var infinity = Infinity.error
  /// The largest field that is read, in bytes.
  public var fieldLimit = 64 << 20
  /// The largest record that is read, in bytes.
  public var recordLimit = 256 << 20
  /// The largest number of columns.
  public var columnLimit = 100_000
  /// How many bytes are read at a time; results never depend on it.
  ///
  /// Nil: 256 KiB, which with all that is made of them stay in the cache; a fit, whose blocks are
  /// kept, takes 1 MiB. Tables of many columns take more, so that a column of a block isn't a
  /// handful of rows.
  public var blockBytes: Int?
  /// Whether the blocks that are read are kept.
  private var keepsBlocks = false

  /// The null markers where none are stated.
  public static let defaultNullValues: [[UInt8]] =
    [[], Array("NA".utf8), Array("NaN".utf8), Array("null".utf8)]

  /// The defaults.
  public init() {}

  /// How many bytes are read at a time of a table with so many columns, if that is known yet.
  package func readBytes(columns: Int = 0) -> Int {
    if let blockBytes { return max(1, blockBytes) }
    return keepsBlocks
      ? max(1 << 20, min(columns << 13, 1 << 24)) : max(1 << 18, min(columns << 10, 1 << 22))
  }

  /// The same for a reader whose blocks are kept.
  package var keepingBlocks: InputOptions {
    var options = self
    options.keepsBlocks = true
    return options
  }
}
