import DLPrepBytes
import DLPrepData

extension CSVSource {
  /// Reads on until `buffer` holds `wanted` bytes or the text ends; then the last record gets its
  /// line end if it lacks one.
  func fill(_ buffer: RecordBuffer, upTo wanted: Int) {
    while buffer.count < wanted, !isAtEnd {
      do throws(PrepError) {
        let got = unsafe try text.source.read(into: buffer.room(upTo: wanted))
        buffer.count += got
        if got == 0 { isAtEnd = true }
      } catch {
        failure = error
        isAtEnd = true
      }
    }
    guard isAtEnd, failure == nil, buffer.count > 0 else { return }
    let last = unsafe buffer.bytes[buffer.count - 1]
    if last != 10 && last != 13 {
      var newline: UInt8 = 10
      unsafe buffer.append(&newline, count: 1)
      addedLineEnd = true
    }
  }

  /// Whether the buffer holds all there is: what isn't complete now never will be.
  var isFinal: Bool { isAtEnd && failure == nil }

  /// An error of the data, or the damage to the compressed file that explains it: a flipped bit
  /// shows in the text long before the checksum at the end is reached.
  func explained(_ error: PrepError) -> PrepError {
    guard text.isPacked, error.code.exit == .data else { return error }
    if let failure { return failure }
    if isAtEnd { return error }
    isAtEnd = true
    let scratch = RecordBuffer(capacity: 1 << 16)
    do throws(PrepError) {
      while unsafe try text.source.read(into: scratch.room(upTo: scratch.capacity)) > 0 {}
    } catch {
      pending = error
      return error
    }
    return error
  }

  /// The place of a byte of a buffer that starts where `carry` does.
  func place(_ buffer: RecordBuffer, _ at: Int) -> Place {
    unsafe BytePlace.place(buffer.bytes, at: at, firstLine: line, file: name)
  }
}
