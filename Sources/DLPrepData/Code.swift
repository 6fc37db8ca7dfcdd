extension PrepError {
  /// The class of an error: a name that messages show, and the exit code a run ends with.
  public struct Code: Sendable, Hashable {
    /// The name as messages print it, for example `ragged`.
    public let name: String
    /// What the process exits with.
    public let exit: Exit

    /// Makes a class of errors of one's own.
    public init(_ name: String, _ exit: Exit) {
      self.name = name
      self.exit = exit
    }
  }

  /// How a run ends.
  public enum Exit: Int32, Sendable {
    /// A broken promise of our own.
    case `internal` = 1
    /// The command line or the pipeline file.
    case usage = 2
    /// The data broke the contract.
    case data = 3
    /// Reading or writing failed.
    case io = 4
    /// A limit was exceeded.
    case limit = 5
    /// The artifact doesn't fit.
    case artifact = 6
  }
}

extension PrepError.Code {
  /// A promise of our own was broken: please report it.
  public static let `internal` = Self("internal", .internal)
  /// A command line that makes no sense.
  public static let usage = Self("usage", .usage)
  /// YAML that can't be read.
  public static let yaml = Self("yaml", .usage)
  /// A key or name that doesn't exist.
  public static let unknown = Self("unknown", .usage)
  /// A value of the pipeline file that can't be.
  public static let value = Self("value", .usage)
  /// A column that isn't there or can't be used.
  public static let column = Self("column", .usage)
  /// A stage that can't take a column of that type.
  public static let type = Self("type", .usage)
  /// Two columns of one name.
  public static let collision = Self("collision", .usage)
  /// An unfitted pipeline where a fitted one was asked for.
  public static let frozen = Self("frozen", .usage)
  /// The input has no header.
  public static let empty = Self("empty", .data)
  /// A header that can't be used.
  public static let header = Self("header", .data)
  /// A record with too few or too many fields.
  public static let ragged = Self("ragged", .data)
  /// A row that doesn't come in the order that a step needs.
  public static let order = Self("order", .data)
  /// A quote where none may be, or none where one must be.
  public static let quote = Self("quote", .data)
  /// Bytes that are no text in the stated encoding.
  public static let encoding = Self("encoding", .data)
  /// A NUL byte.
  public static let nul = Self("nul", .data)
  /// Not a table of a known format.
  public static let format = Self("format", .data)
  /// Damaged compressed data.
  public static let compression = Self("compression", .data)
  /// A JSON line that can't be read.
  public static let json = Self("json", .data)
  /// A value that doesn't fit its column's type.
  public static let cast = Self("cast", .data)
  /// A column that the contract names isn't in the data.
  public static let schema = Self("schema", .data)
  /// A value that a check refuses.
  public static let check = Self("check", .data)
  /// A missing or unseen value where the step refuses it.
  public static let unseen = Self("unseen", .data)
  /// Nothing can be learned from these rows.
  public static let fit = Self("fit", .data)
  /// Reading or writing failed.
  public static let io = Self("io", .io)
  /// A limit was exceeded.
  public static let limit = Self("limit", .limit)
  /// A fitted pipeline that is damaged, too new, or not the one expected.
  public static let artifact = Self("artifact", .artifact)
}
