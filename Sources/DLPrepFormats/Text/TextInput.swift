import DLPrepBytes
import DLPrepData

/// The text a reader reads, and how to get at it a second time.
final class TextInput: @unchecked Sendable {
  // Unchecked: a reader is driven by one thread at a time.
  /// The text from where it was left.
  let source: any ByteSource
  private let input: Input?
  private let isKept: Bool
  private let reopen: (@Sendable () -> any ByteSource)?

  /// Reads a file or pipe; of a pipe that is `kept`, everything read can be read again.
  init(_ input: Input, kept: Bool) {
    if kept { input.keepForRewind() }
    source = input
    self.input = input
    isKept = kept || input.file.isSeekable
    reopen = nil
  }

  /// Reads any source; `reopen` gives its bytes from the start.
  init(_ source: any ByteSource, reopen: (@Sendable () -> any ByteSource)? = nil) {
    self.source = source
    input = nil
    isKept = false
    self.reopen = reopen
  }

  /// Whether the text comes out of compressed data.
  var isPacked: Bool { input?.packing != nil }

  /// The name that errors show.
  var name: String { source.name }

  /// The text from its start, for a reader that takes the place of this one.
  func restarted() throws(PrepError) -> TextInput? {
    if let reopen { return TextInput(reopen(), reopen: reopen) }
    guard let input, isKept else { return nil }
    try input.rewind()
    return TextInput(input, kept: false, isKept: true)
  }

  /// The text from its start, for a look beside this reader where a file can be opened twice; of a
  /// pipe it takes the reader's place.
  func beside() throws(PrepError) -> TextInput? {
    guard let input, input.file.isSeekable else { return try restarted() }
    let again = try Input(input.name, encoding: input.isMarked ? .utf8 : input.encoding)
    return TextInput(again, kept: false)
  }

  private init(_ input: Input, kept: Bool, isKept: Bool) {
    source = input
    self.input = input
    self.isKept = isKept
    reopen = nil
  }
}
