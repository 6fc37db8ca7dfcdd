public import DLPrepBytes
public import DLPrepData

/// A table of JSON lines: one object a line, its keys the columns, nothing nested.
///
/// The columns are all keys of the file, in the order of first sight: they are collected by reading
/// it once before the records are handed out, so that a key that comes up late isn't lost. Of a
/// pipe, what was read is kept for that. Numbers keep their text.
public final class JSONLSource: TableSource, @unchecked Sendable {
  // Unchecked: `read` and `restarted` are never called by two at a time; `tally` locks itself.
  /// The file as the user named it.
  public let name: String
  /// The keys, in the order of first sight.
  public let columns: [String]
  let options: InputOptions
  /// Which column a key is.
  let keys: Levels
  let tally = Tally()
  private let feed: TextFeed
  private var record = 0
  private var pending: PrepError?

  /// Reads a file or pipe, and collects its keys.
  public convenience init(
    _ input: Input, options: InputOptions = InputOptions()
  ) throws(PrepError) {
    try self.init(collecting: TextInput(input, kept: true), options)
  }

  /// Reads the file at a path, or standard input for `-`, and collects its keys.
  public convenience init(
    contentsOf path: String, options: InputOptions = InputOptions()
  ) throws(PrepError) {
    try self.init(Input(path, encoding: options.encoding), options: options)
  }

  /// Reads text that is in memory: UTF-8 without a byte order mark.
  public convenience init(
    bytes: [UInt8], name: String = "<memory>", options: InputOptions = InputOptions()
  ) throws(PrepError) {
    let text = TextInput(MemorySource(bytes, name: name)) { MemorySource(bytes, name: name) }
    try self.init(collecting: text, options)
  }

  private convenience init(
    collecting text: TextInput, _ options: InputOptions
  ) throws(PrepError) {
    let first = JSONLSource(text, options, Levels())
    try first.collectKeys()
    guard let again = try text.restarted() else {
      throw PrepError(
        .internal, "expected an input that can be read twice", at: Place(file: text.name))
    }
    self.init(again, options, first.keys)
  }

  private init(_ text: TextInput, _ options: InputOptions, _ keys: Levels) {
    name = text.name
    self.options = options
    self.keys = keys
    columns = (0..<keys.count).map { String(decoding: keys[$0], as: UTF8.self) }
    feed = TextFeed(text, blockBytes: options.readBytes(), endsAtCR: false)
  }

  /// Goes through all lines once; what is wrong with one counts only where it ends the run.
  private func collectKeys() throws(PrepError) {
    let records = JSONLRecords(self)
    while try read(into: records) {
      for row in 0..<records.count {
        do throws(PrepError) {
          try records.collectKeys(row, into: keys)
        } catch {
          if options.badRows == .error { throw feed.explained(error) }
        }
      }
      if keys.count > options.columnLimit {
        throw PrepError(
          .limit, "expected at most \(options.columnLimit) keys, found more", at: Place(file: name))
      }
    }
    if tally.current.records == 0 {
      throw PrepError(
        .empty, "expected at least one object, found an empty file", at: Place(file: name))
    }
    try checkNames()
  }

  /// Two keys that look the same but differ in their bytes can't be told apart.
  private func checkNames() throws(PrepError) {
    var seen: Set<String> = []
    for code in 0..<keys.count {
      let key = String(decoding: keys[code], as: UTF8.self)
      if !seen.insert(key).inserted {
        throw PrepError(
          .header, "expected distinct keys, found '\(key)' in two spellings that look the same",
          at: Place(file: name), hint: "write it with the same characters in every line")
      }
    }
    if keys.count == 0 {
      throw PrepError(.empty, "expected objects with keys, found none", at: Place(file: name))
    }
  }

  /// What was counted so far.
  public var counts: ReadCounts { tally.current }

  /// A buffer of one worker.
  public func makeRecords() -> any RecordBlock { JSONLRecords(self) }

  /// The same table from its first record on; this one may not be read any more.
  public func restarted() throws(PrepError) -> (any TableSource)? {
    guard let again = try feed.text.restarted() else { return nil }
    return JSONLSource(again, options, keys)
  }

  /// Finds a record by reading the table again.
  public func place(ofRecord record: Int, column: Int?) -> Place? {
    guard let again = try? feed.text.beside() else { return nil }
    let source = JSONLSource(again, options, keys)
    let records = source.makeRecords()
    while (try? source.read(into: records)) == true {
      if record < source.record { return records.place(ofRecord: record, column: column) }
    }
    return nil
  }

  /// Fills a buffer with the next lines; false at the end.
  public func read(into block: any RecordBlock) throws(PrepError) -> Bool {
    guard let records = block as? JSONLRecords else {
      throw PrepError(.internal, "expected a buffer of this source, found another one's")
    }
    if let pending { throw pending }
    swap(&records.buffer, &feed.carry)
    var wanted = max(options.readBytes(), records.buffer.count)
    while true {
      feed.fill(records.buffer, upTo: wanted)
      records.take(firstRecord: record, line: feed.line, offset: feed.offset)
      if records.bytesTaken > 0 || feed.isAtEnd { break }
      if records.buffer.count > options.recordLimit {
        pending = PrepError(
          .limit, "expected a line of at most \(options.recordLimit) bytes, found a longer one",
          at: feed.place(records.buffer, 0))
        break
      }
      wanted = max(wanted, records.buffer.count) * 2
    }
    feed.advance(records.buffer, records.bytesTaken)
    record += records.count
    let (all, blank, bytes) = (record, records.blankLines, feed.bytesTaken)
    tally.update {
      $0.records = all
      $0.blankLines += blank
      $0.bytes = bytes
    }
    if records.bytesTaken == 0 {
      pending = pending ?? feed.failure
      if let pending { throw pending }
      return false
    }
    return true
  }
}
