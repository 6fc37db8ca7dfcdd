import DLPrepData

/// Records of a CSV source in one buffer, with the places of their fields.
final class CSVRecords: RecordBlock {
  let source: CSVSource
  var buffer: RecordBuffer
  /// Ends of fields, `width` for each record, as `dlp_rows` leaves them.
  let positions: Positions
  /// Where each record starts, in the same case.
  let starts: Positions
  /// Whether records were taken one by one, and `spans` say where their fields are.
  var isSpanned = false
  let spans = Spans()
  /// Start and end of every record, in the same case.
  var extents: [Range<Int>] = []
  /// The numbers of the records, where some were refused.
  var numbers: [Int]?
  private(set) var width = 1
  var firstRecord = 0
  private(set) var firstLine = 1
  private(set) var firstOffset = 0
  var count = 0
  var blankLines = 0
  var hasQuotes = false
  /// Records refused while reading.
  var readRejects: [RejectedRecord] = []
  /// Records that were kept though they have too few or too many fields, and unreadable fields.
  var repaired = (padded: 0, cut: 0, unread: 0)
  /// Records refused by the last `parse`.
  var parseRejects: [RejectedRecord] = []
  let cellReader = CellReader()

  init(_ source: CSVSource) {
    self.source = source
    let size = source.options.readBytes(columns: source.columns.count)
    buffer = RecordBuffer(capacity: size)
    positions = Positions(capacity: size + 64)
    starts = Positions(capacity: 64)
  }

  /// Empties the block; the next record has the given number, line and byte.
  func begin(record: Int, line: Int, offset: Int, columns: Int) {
    firstRecord = record
    firstLine = line
    firstOffset = offset
    width = columns
    count = 0
    blankLines = 0
    hasQuotes = false
    isSpanned = false
    numbers = nil
    extents.removeAll(keepingCapacity: true)
    readRejects = []
    repaired = (0, 0, 0)
    parseRejects = []
  }

  var rejects: [RejectedRecord] {
    (readRejects + parseRejects).sorted { $0.record < $1.record }
  }

  /// The rows' record numbers.
  var rows: Rows {
    if let numbers { return Rows(numbers: numbers) }
    return Rows(first: firstRecord, count: count)
  }

  /// The row that a record is; nil where it was refused or isn't here.
  func row(ofRecord record: Int) -> Int? {
    guard let numbers else {
      return record >= firstRecord && record < firstRecord + count ? record - firstRecord : nil
    }
    return numbers.firstIndex(of: record)
  }

  /// The bytes of a row in the buffer, without the line end.
  func extent(_ row: Int) -> Range<Int> {
    if isSpanned { return extents[row] }
    let start = unsafe Int(starts.values[row])
    var end = unsafe Int(positions.values[row * width + width - 1])
    if end > start, unsafe buffer.bytes[end - 1] == 13, unsafe buffer.bytes[end] == 10 { end -= 1 }
    return start..<end
  }

  /// Where a field of a row starts.
  func fieldStart(_ row: Int, _ column: Int) -> Int {
    if isSpanned {
      let start = unsafe Int(spans.values[(row * width + column) * 2])
      return min(start, extents[row].upperBound)
    }
    let start =
      unsafe column == 0
      ? Int(starts.values[row]) : Int(positions.values[row * width + column - 1]) + 1
    guard options.trim else { return start }
    let end = unsafe Int(positions.values[row * width + column])
    return unsafe SpaceTrimming.trimmed(buffer.bytes, start, end).start
  }

  func place(ofRecord record: Int, column: Int?) -> Place {
    guard let row = row(ofRecord: record) else {
      let rejected = rejects.first { $0.record == record }
      return Place(file: source.name, line: rejected?.line ?? 0)
    }
    let at = column.map { $0 < width ? fieldStart(row, $0) : extent(row).upperBound }
    var place = unsafe BytePlace.place(
      buffer.bytes, at: at ?? extent(row).lowerBound, firstLine: firstLine, file: source.name)
    if column == nil { place.column = 0 }
    return place
  }

  func raw(ofRecord record: Int) -> RawRecord {
    guard let row = row(ofRecord: record) else {
      let rejected = rejects.first { $0.record == record }
      return RawRecord(
        bytes: rejected?.bytes ?? [], line: rejected?.line ?? 0, offset: rejected?.byteOffset ?? 0)
    }
    let extent = extent(row)
    let bytes = unsafe UnsafeBufferPointer(
      start: buffer.bytes + extent.lowerBound, count: extent.count)
    let line = unsafe firstLine + BytePlace.lineEnds(buffer.bytes, extent.lowerBound)
    return RawRecord(
      bytes: unsafe Array(bytes), line: line, offset: firstOffset + extent.lowerBound)
  }

  /// Which line ends the records have: LF 1, CRLF 2, CR 4.
  func lineEndKinds() -> UInt8 {
    var kinds: UInt8 = 0
    for row in 0..<count {
      let end = isSpanned ? extents[row].upperBound : lineEnd(row)
      let byte = unsafe buffer.bytes[end]
      if byte == 10 {
        kinds |= unsafe !isSpanned && end > 0 && buffer.bytes[end - 1] == 13 ? 2 : 1
      } else {
        kinds |= unsafe buffer.bytes[end + 1] == 10 ? 2 : 4
      }
    }
    return kinds
  }

  private func lineEnd(_ row: Int) -> Int {
    unsafe Int(positions.values[row * width + width - 1])
  }
}
