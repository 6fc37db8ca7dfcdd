/// A table that is read block by block: the records in order by one worker at a time, what they
/// hold by all workers side by side.
public protocol TableSource: AnyObject, Sendable {
  /// How messages name it: the file as the user named it, `-` for standard input.
  var name: String { get }
  /// The columns' names, in table order.
  var columns: [String] { get }
  /// A buffer for raw records; each worker has its own and uses it again and again.
  func makeRecords() -> any RecordBlock
  /// Fills a buffer with the next records; false at the end. Never called by two at a time.
  func read(into records: any RecordBlock) throws(PrepError) -> Bool
  /// The same table from its first record on; nil where it can't be read twice.
  func restarted() throws(PrepError) -> (any TableSource)?
  /// Where a record stands, to report something found out later; nil where it can't be known.
  func place(ofRecord record: Int, column: Int?) -> Place?
  /// What was counted so far: records, blank lines, rejects, bytes.
  var counts: ReadCounts { get }
  /// What the user should be told about how the input was understood, complete at the end of it.
  var notes: [String] { get }
  /// The type of a column where the source knows it, as a table in memory does; nil: text.
  func type(ofColumn column: Int) -> CellType?
  /// Whether all that is left fits one buffer, as far as that is known before it is read: more than
  /// one worker would be no use.
  var isShort: Bool { get }
}

extension TableSource {
  /// Nothing to say.
  public var notes: [String] { counts.timeNotes }
  /// Unknown: the cells are text.
  public func type(ofColumn column: Int) -> CellType? { nil }
  /// Nothing is known.
  public var isShort: Bool { false }
}

/// What a source has counted.
public struct ReadCounts: Sendable, Equatable {
  /// Records, without the header and blank lines, with rejected ones.
  public var records = 0
  /// Empty lines that are no record.
  public var blankLines = 0
  /// Records refused by the reader (too few or too many fields, a bad cell).
  public var rejected = 0
  /// Records with too few fields that were kept, the rest of them missing.
  public var padded = 0
  /// Records with too many fields that were kept without the extra ones.
  public var cut = 0
  /// Cells of kept records that couldn't be read and are missing.
  public var unread = 0
  /// Bytes of the uncompressed input.
  public var bytes = 0
  /// Local times that clocks skip, moved forward.
  public var movedTimes = 0
  /// Local times that clocks show twice, read as the earlier instant.
  public var ambiguousTimes = 0
  /// Local times without an offset in columns without a time zone, read as UTC.
  public var unzonedTimes = 0

  /// Nothing counted yet.
  public init() {}

  /// What to say of times that were not read as they stand.
  package var timeNotes: [String] {
    [
      (movedTimes, "local times that clocks skip, moved forward"),
      (ambiguousTimes, "local times that clocks show twice, read as the earlier"),
      (unzonedTimes, "times without an offset or a timezone, read as UTC"),
    ].filter { $0.0 > 0 }.map { "\($0.1): \($0.0)" }
  }
}

/// Raw records of a source, not yet parsed.
public protocol RecordBlock: AnyObject {
  /// The number of the first record.
  var firstRecord: Int { get }
  /// How many records there are, those that the reader refused not counted.
  var count: Int { get }
  /// Parses the cells that the plan asks for into the block's columns and sets the block's rows.
  ///
  /// A cell that doesn't fit its type is an error, or a reject, or missing, as the source's policy
  /// says; in a guessed column it goes to `evidence` (by slot) and is missing.
  func parse(
    _ plan: ReadPlan, into block: Block, evidence: inout [Int: TypeEvidence])
    throws(PrepError)
  /// The records of this block that were refused, by the reader or by the last `parse`, lowest
  /// first; each is counted once in the source's `counts.rejected`.
  var rejects: [RejectedRecord] { get }
  /// Where a cell of these records stands.
  func place(ofRecord record: Int, column: Int?) -> Place
  /// The bytes of a record as they stand in the input, and what is known of its place.
  func raw(ofRecord record: Int) -> RawRecord
}

extension RecordBlock {
  /// None.
  public var rejects: [RejectedRecord] { [] }
}

/// A record as it stands in the input.
public struct RawRecord: Sendable, Equatable {
  /// Its bytes, without the line end.
  public var bytes: [UInt8]
  /// The physical line where it starts, from 1.
  public var line: Int
  /// The byte of the uncompressed input where it starts, from 0.
  public var offset: Int

  /// Puts together what is known of a record.
  public init(bytes: [UInt8], line: Int, offset: Int) {
    self.bytes = bytes
    self.line = line
    self.offset = offset
  }
}
