package import DLPrepData

/// What lies between the bytes of a file and its text as UTF-8.
package struct TextLayers: Sendable {
  /// The text; no byte order mark.
  package let text: PeekingSource
  /// What the bytes were wrapped in.
  package let packing: Packing?
  /// What the text is written in.
  package let encoding: TextEncoding
  /// Whether a byte order mark said so.
  package let isMarked: Bool

  /// Looks at the first bytes and puts the layers together.
  ///
  /// A byte order mark decides over the encoding that is stated.
  package init(over raw: PeekingSource, encoding stated: TextEncoding) throws(PrepError) {
    let (inner, packing) = try Decompression.unwrapped(raw)
    self.packing = packing
    let mark = TextEncoding.marked(by: inner.peek(3))
    inner.skip(mark?.length ?? 0)
    isMarked = mark != nil
    encoding = mark?.encoding ?? stated
    text = encoding == .utf8 ? inner : PeekingSource(TranscodingSource(inner, from: encoding))
  }
}
