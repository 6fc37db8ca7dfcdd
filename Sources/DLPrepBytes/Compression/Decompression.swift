package import DLPrepData

/// Takes off what a file is wrapped in.
package enum Decompression {
  /// The bytes inside, and what they were wrapped in.
  ///
  /// - Throws: `format` for an archive, `compression` for data compressed twice or in a way that
  ///   can't be read here.
  package static func unwrapped(
    _ source: PeekingSource
  ) throws(PrepError) -> (source: PeekingSource, packing: Packing?) {
    guard
      let packing = Packing.recognised(
        in: source.peek(Packing.prefixLength, isEnough: Packing.isDecided))
    else {
      return (source, nil)
    }
    let name = source.name
    if packing.isArchive { throw archive(packing, name) }
    let inner = PeekingSource(try decoder(packing, source))
    if let second = Packing.recognised(
      in: inner.peek(Packing.prefixLength, isEnough: Packing.isDecided))
    {
      if second.isArchive { throw archive(second, name, within: packing) }
      throw PrepError(
        .compression,
        "expected a table, found data compressed twice (\(second.rawValue) within "
          + "\(packing.rawValue))",
        at: Place(file: name),
        hint: "unpack it once: \(packing.command) \(name) | dlprep ..."
      )
    }
    return (inner, packing)
  }

  /// The layer that reads a kind of compressed data.
  private static func decoder(
    _ packing: Packing,
    _ source: PeekingSource
  ) throws(PrepError) -> any ByteSource {
    switch packing {
    case .gzip:
      return try GzipSource(source)
    default:
      throw PrepError(
        .compression,
        "expected plain or gzip data, found \(packing.rawValue)",
        at: Place(file: source.name),
        hint: "unpack it on the way: \(packing.command) \(source.name) | dlprep ..."
      )
    }
  }

  private static func archive(
    _ packing: Packing,
    _ name: String,
    within outer: Packing? = nil
  ) -> PrepError {
    let what = outer.map { "a \(packing.rawValue) archive within \($0.rawValue)" }
    return PrepError(
      .format,
      "expected a table, found \(what ?? "a \(packing.rawValue) archive")",
      at: Place(file: name),
      hint: "unpack it first: \(packing.command) \(name)"
    )
  }
}
