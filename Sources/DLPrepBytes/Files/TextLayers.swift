package import DLPrepData

/// What lies between the bytes of a file and its text as UTF-8.
package struct TextLayers: Sendable {
  /// The text; no byte order mark.
  package let text: any ByteSource
  /// What the bytes were wrapped in.
  package let packing: Packing?
  /// What the text is written in.
  package let encoding: TextEncoding
  /// Whether a byte order mark said so.
  package let isMarked: Bool

  /// Looks at the first bytes and puts the layers together.
  ///
  /// `encoding` is the one that the user named; nil lets a mark decide, else UTF-8.
  package init(over raw: PeekingSource, encoding wanted: TextEncoding?) throws(PrepError) {
    let (inner, packing) = try Decompression.unwrapped(raw)
    self.packing = packing
    let mark = TextEncoding.marked(by: inner.peek(3))
    if let mark, let wanted, mark.encoding != wanted {
      throw PrepError(
        .encoding,
        "expected \(wanted.rawValue) as told, found the byte order mark of "
          + mark.encoding.rawValue,
        at: Place(file: raw.name, line: 1, column: 1),
        hint: "leave out --encoding: the mark is enough"
      )
    }
    inner.skip(mark?.length ?? 0)
    isMarked = mark != nil
    encoding = mark?.encoding ?? wanted ?? .utf8
    text = encoding == .utf8 ? inner : TranscodingSource(inner, from: encoding)
  }
}
