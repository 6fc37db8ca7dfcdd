public import DLPrepBytes
public import DLPrepData

/// A table in CSV, TSV or the like, read block by block.
///
/// Strict: what RFC 4180 doesn't allow is an error with its place, with the exceptions that the
/// options make. LF, CRLF and CR end a record outside quotes; a quote opens only at the very start
/// of a field. The results never depend on the size of the blocks.
public final class CSVSource: TableSource, @unchecked Sendable {
  // Unchecked: `read` and `restarted` are never called by two at a time; `tally` locks itself.
  /// The file as the user named it.
  public let name: String
  /// The columns' names, in table order.
  public internal(set) var columns: [String] = []
  /// How it is read; the delimiter is the one in use.
  public internal(set) var options: InputOptions
  let feed: TextFeed
  let tally = Tally()
  var headNotes: [String] = []
  /// The number of the next record.
  var record = 0
  /// What comes after the records handed out last.
  var pending: PrepError?
  /// Which line ends were seen: LF 1, CRLF 2, CR 4.
  var lineEnds: UInt8 = 0

  /// Whether records are handed over as they come, also where the buffer isn't full.
  var handsOver = false

  /// The byte that quotes a field.
  static let quote = UInt8(ascii: "\"")

  /// Reads a file or pipe and its header; with `keepsPipe`, what is read of a pipe is kept, so
  /// that it can be read again.
  public convenience init(
    _ input: Input, options: InputOptions = InputOptions(), keepsPipe: Bool = false
  ) throws(PrepError) {
    try self.init(TextInput(input, kept: keepsPipe), options)
  }

  /// Reads the file at a path, or standard input for `-`, and its header.
  public convenience init(
    contentsOf path: String, options: InputOptions = InputOptions(), keepsPipe: Bool = false
  ) throws(PrepError) {
    try self.init(Input(path, encoding: options.encoding), options: options, keepsPipe: keepsPipe)
  }

  /// Reads text that is in memory: UTF-8 without a byte order mark.
  public convenience init(
    bytes: [UInt8], name: String = "<memory>", options: InputOptions = InputOptions()
  ) throws(PrepError) {
    let text = TextInput(MemorySource(bytes, name: name)) { MemorySource(bytes, name: name) }
    try self.init(text, options)
  }

  init(_ text: TextInput, _ options: InputOptions) throws(PrepError) {
    feed = TextFeed(text, blockBytes: options.readBytes(), endsAtCR: true)
    self.options = options
    name = text.name
    do throws(PrepError) {
      try readHeader()
    } catch {
      throw feed.explained(error)
    }
  }

  /// What was counted so far.
  public var counts: ReadCounts { tally.current }

  /// The delimiter where it was found out, columns without names, mixed line ends.
  public var notes: [String] {
    var notes = headNotes
    if lineEnds.nonzeroBitCount > 1 {
      let kinds = [(1, "LF"), (2, "CRLF"), (4, "CR")].filter { lineEnds & $0.0 != 0 }.map(\.1)
      notes.append("line ends are mixed: \(kinds.joined(separator: " and "))")
    }
    return notes + counts.timeNotes
  }

  /// From now on, where whoever writes to a pipe pauses, what has come is handed over at once
  /// instead of a full block later.
  public func handOverWhatIsThere() { handsOver = true }

  /// Whether reading the header read everything, as it does with a file smaller than a block.
  public var isShort: Bool { feed.isAtEnd && feed.carry.count <= options.readBytes() }

  /// A buffer of one worker.
  public func makeRecords() -> any RecordBlock { CSVRecords(self) }

  /// The same table from its first record on; this one may not be read any more.
  public func restarted() throws(PrepError) -> (any TableSource)? {
    guard let again = try feed.text.restarted() else { return nil }
    return try copy(over: again)
  }

  private func copy(over text: TextInput) throws(PrepError) -> CSVSource {
    let copy = try CSVSource(text, options)
    copy.headNotes = headNotes
    return copy
  }

  /// Finds a record by reading the table again.
  public func place(ofRecord record: Int, column: Int?) -> Place? {
    guard let again = try? feed.text.beside(), let source = try? copy(over: again) else {
      return nil
    }
    let records = source.makeRecords()
    while (try? source.read(into: records)) == true {
      if record < source.record { return records.place(ofRecord: record, column: column) }
    }
    return nil
  }
}
