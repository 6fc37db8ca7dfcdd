import DLPrepData

/// Where every record went: read + added = written + rejected + left out + dropped, or something is
/// wrong.
public struct Ledger: Sendable, Equatable {
  /// Records read, the header and blank lines not counted.
  public var read = 0
  /// Empty lines that are no record.
  public var blankLines = 0
  /// Kept records that had too few fields.
  public var padded = 0
  /// Kept records that had too many fields.
  public var cut = 0
  /// Cells of kept records that couldn't be read and are missing.
  public var unread = 0
  /// Rows written.
  public var written = 0
  /// Records refused by the reader or by a check.
  public var rejected = 0
  /// Rows of the part that wasn't asked for.
  public var leftOut = 0
  /// Rows that each step took out, in the order of the steps.
  public var dropped: [Entry] = []
  /// Training rows that each step repeated or made up, in the order of the steps.
  public var added: [Entry] = []
  /// What was counted on the way: unseen categories, failed checks.
  public var counts: [Entry] = []
  /// Rows by part, where there is a split.
  public var trainRows = 0
  /// Rows by part, where there is a split.
  public var testRows = 0

  /// A number with what it counts.
  public struct Entry: Sendable, Equatable {
    /// The step's address.
    public var step: String
    /// The column; empty where it is about rows.
    public var column: String
    /// What was counted.
    public var kind: String
    /// How often.
    public var count: Int
  }

  /// Nothing read yet.
  public init() {}

  /// Takes over what the reader counted.
  mutating func add(_ counts: ReadCounts) {
    read = counts.records
    blankLines = counts.blankLines
    rejected += counts.rejected
    (padded, cut, unread) = (counts.padded, counts.cut, counts.unread)
  }

  /// Whether every record is accounted for.
  public var balances: Bool {
    read + added.reduce(0) { $0 + $1.count }
      == written + rejected + leftOut + dropped.reduce(0) { $0 + $1.count }
  }
}
