import DLPrepBytes
import DLPrepData

/// Text as it comes: what was read but not yet used, and where in the file that is.
final class TextFeed: @unchecked Sendable {
  // Unchecked: a source is read by one thread at a time.
  let text: TextInput
  /// Bytes read but not yet handed out.
  var carry: RecordBuffer
  /// Where `carry` starts: its line, and its byte.
  private(set) var line = 1
  private(set) var offset = 0
  /// Whether the text has no more bytes.
  private(set) var isAtEnd = false
  /// What reading the text failed with; it comes after all complete records before it.
  private(set) var failure: PrepError?
  /// Whether a CR ends a line, too.
  private let endsAtCR: Bool
  /// Whether the last line lacked its end and got one.
  private var addedLineEnd = false

  init(_ text: TextInput, blockBytes: Int, endsAtCR: Bool) {
    self.text = text
    self.endsAtCR = endsAtCR
    carry = RecordBuffer(capacity: max(1, blockBytes))
  }

  /// Whether the buffer holds all there is: what isn't complete now never will be.
  var isFinal: Bool { isAtEnd && failure == nil }

  /// Reads on until `buffer` holds `wanted` bytes or the text ends; then the last line gets its end
  /// if it lacks one.
  ///
  /// Where `known` bytes of the buffer are known to hold no whole record, it also ends with a line
  /// behind them if whoever writes to a pipe pauses there: what has come needn't wait for more.
  func fill(_ buffer: RecordBuffer, upTo wanted: Int, pausingAfter known: Int? = nil) {
    var seen = known ?? 0
    var hasLine = false
    while buffer.count < wanted, !isAtEnd {
      if known != nil {
        hasLine = hasLine || holdsLineEnd(buffer, from: seen)
        seen = buffer.count
        if hasLine, text.source.isQuiet { return }
      }
      do throws(PrepError) {
        let got = unsafe try text.source.read(into: buffer.room(upTo: wanted))
        buffer.count += got
        if got == 0 { isAtEnd = true }
      } catch {
        failure = error
        isAtEnd = true
      }
    }
    guard isFinal, buffer.count > 0, !addedLineEnd else { return }
    let last = unsafe buffer.bytes[buffer.count - 1]
    if last != 10 && !(last == 13 && endsAtCR) {
      var newline: UInt8 = 10
      unsafe buffer.append(&newline, count: 1)
      addedLineEnd = true
    }
  }

  private func holdsLineEnd(_ buffer: RecordBuffer, from start: Int) -> Bool {
    let bytes = unsafe UnsafeBufferPointer(
      start: buffer.bytes + start, count: buffer.count - start)
    return unsafe bytes.contains(10) || (endsAtCR && bytes.contains(13))
  }

  /// Goes past the first `taken` bytes of a buffer and keeps the rest for the next one.
  func advance(_ buffer: RecordBuffer, _ taken: Int) {
    let rest = buffer.count - taken
    carry.count = 0
    unsafe carry.append(buffer.bytes + taken, count: rest)
    unsafe line += BytePlace.lineEnds(buffer.bytes, taken)
    offset += taken
  }

  /// How many bytes of the text were handed out.
  var bytesTaken: Int { offset - (addedLineEnd && carry.count == 0 ? 1 : 0) }

  /// An error of the data, or the damage to the compressed file that explains it.
  ///
  /// A flipped bit shows in the text long before the checksum at the end is reached.
  func explained(_ error: PrepError) -> PrepError {
    guard text.isPacked, error.code.exit == .data else { return error }
    let scratch = RecordBuffer(capacity: 1 << 16)
    while !isAtEnd {
      scratch.count = 0
      fill(scratch, upTo: scratch.capacity)
    }
    return failure ?? error
  }

  /// The place of a byte of a buffer that starts where `carry` does.
  func place(_ buffer: RecordBuffer, _ at: Int) -> Place {
    unsafe BytePlace.place(buffer.bytes, at: at, firstLine: line, file: text.name)
  }
}
