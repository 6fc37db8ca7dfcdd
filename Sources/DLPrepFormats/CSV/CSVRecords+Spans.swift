import CDLPrepScan
import DLPrepData

extension CSVRecords {
  /// From here on records are taken one by one.
  func beginSpans() {
    isSpanned = true
    spans.removeAll()
    extents.removeAll(keepingCapacity: true)
    numbers = nil
    count = 0
    blankLines = 0
    hasQuotes = true
    readRejects = []
    repaired = (0, 0, 0)
  }

  /// Takes a record whose fields' ends stand in the positions.
  ///
  /// To `repair` is to pad it with missing fields, to leave out extra ones, and to make fields
  /// missing that can't be read.
  func appendSpans(_ start: Int, _ scan: RecordScan, trim: Bool, repair: Bool = false) {
    var from = start
    let last = scan.fields - 1
    if scan.fields < width { repaired.padded += 1 }
    if scan.fields > width { repaired.cut += 1 }
    for column in 0..<width {
      guard column < scan.fields else {
        spans.appendMissing(at: from)
        continue
      }
      let next = unsafe Int(positions.values[column]) + 1
      var end = next - 1
      if column == last { end = trimmedLineEnd(from, end) }
      if repair, !isReadable(from, end) {
        repaired.unread += 1
        spans.appendMissing(at: from)
      } else {
        append(from, end, trim: trim)
      }
      from = next
    }
    let end = unsafe trimmedLineEnd(start, Int(positions.values[last]))
    extents.append(start..<end)
    numbers?.append(firstRecord + count + readRejects.count)
    count += 1
  }

  private func append(_ start: Int, _ end: Int, trim: Bool) {
    guard trim else { return spans.append(start, end) }
    let (from, to) = unsafe SpaceTrimming.trimmed(buffer.bytes, start, end)
    spans.append(from, to)
  }

  private func trimmedLineEnd(_ start: Int, _ end: Int) -> Int {
    let isPair =
      unsafe end > start && buffer.bytes[end - 1] == 13 && buffer.bytes[end] == 10
    return isPair ? end - 1 : end
  }

  /// Whether a field is text, and quoted as it should be.
  private func isReadable(_ start: Int, _ end: Int) -> Bool {
    let count = end - start
    guard unsafe dlp_utf8_valid_prefix(buffer.bytes + start, count) == count,
      unsafe dlp_find(buffer.bytes + start, count, 0) == count
    else { return false }
    guard count > 0, unsafe buffer.bytes[start] == CSVSource.quote else { return true }
    let escape = source.options.escape
    var at = start + 1
    while at < end {
      let byte = unsafe buffer.bytes[at]
      if byte == CSVSource.quote {
        if at + 1 == end { return true }
        guard unsafe buffer.bytes[at + 1] == CSVSource.quote else { return false }
        at += 1
      } else if byte == escape {
        at += 1
      }
      at += 1
    }
    return false
  }

  /// Counts a record that is refused.
  func refuse(_ start: Int, _ scan: RecordScan, _ error: PrepError) {
    let number = firstRecord + count + readRejects.count
    if numbers == nil { numbers = Array(firstRecord..<firstRecord + count) }
    let end = unsafe trimmedLineEnd(start, Int(positions.values[scan.fields - 1]))
    let bytes = unsafe UnsafeBufferPointer(
      start: buffer.bytes + start, count: min(end - start, RejectedRecord.shownBytes))
    let line = unsafe firstLine + BytePlace.lineEnds(buffer.bytes, start)
    readRejects.append(
      RejectedRecord(
        file: source.name, record: number, line: line, byteOffset: firstOffset + start,
        code: error.code, message: error.message, bytes: unsafe Array(bytes)))
  }
}
