public import DLPrepData

/// Text from a file or pipe, whatever it is wrapped in.
///
/// It is decompressed, and UTF-8 without a byte order mark. Whether it is *valid* UTF-8 is for the reader to check, who knows lines.
public final class Input: ByteSource, @unchecked Sendable {
  // Unchecked: a source belongs to one thread at a time.
  /// The file below.
  public let file: InputFile
  private let stated: TextEncoding
  private var layers: TextLayers
  private var replay: ReplayableSource?

  /// Opens a path, or standard input for `-`.
  ///
  /// A byte order mark decides over the encoding that is stated.
  public convenience init(_ path: String, encoding: TextEncoding = .utf8) throws(PrepError) {
    let file = try InputFile(path)
    try self.init(file, PeekingSource(file), encoding: encoding)
  }

  /// Takes a file whose first bytes someone has looked at, to tell its format.
  public init(
    _ file: InputFile,
    _ peeked: PeekingSource,
    encoding: TextEncoding = .utf8
  ) throws(PrepError) {
    self.file = file
    stated = encoding
    layers = try TextLayers(over: peeked, encoding: encoding)
  }

  /// The path as the user gave it.
  public var name: String { file.name }
  /// What the file was wrapped in.
  public var packing: Packing? { layers.packing }
  /// What the text is written in.
  public var encoding: TextEncoding { layers.encoding }
  /// Whether a byte order mark told the encoding.
  public var isMarked: Bool { layers.isMarked }

  /// Reads the next bytes of text.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(PrepError) -> Int {
    if let replay { return unsafe try replay.read(into: buffer) }
    return unsafe try layers.text.read(into: buffer)
  }

  /// Whether reading on would have to wait for whoever writes to the other end of a pipe.
  public var isQuiet: Bool { replay?.isQuiet ?? layers.text.isQuiet }

  /// The first bytes of text, which stay to be read, or fewer if those are enough; call it before
  /// anything was read.
  public func peek(_ count: Int, isEnough: ([UInt8]) -> Bool = { _ in false }) -> [UInt8] {
    layers.text.peek(count, isEnough: isEnough)
  }

  /// Makes sure that `rewind` will work: of a pipe, what is read is kept in a spool from now on.
  ///
  /// Call it before anything was read.
  public func keepForRewind(in directory: String? = nil) {
    if !file.isSeekable, replay == nil { replay = ReplayableSource(layers.text, in: directory) }
  }

  /// Nothing read from here on will be asked for again.
  public func stopKeeping() { replay?.stopKeeping() }

  /// Goes back to the first byte of text.
  public func rewind() throws(PrepError) {
    if let replay {
      replay.rewind()
    } else if file.rewind() {
      layers = try TextLayers(over: PeekingSource(file), encoding: stated)
    } else {
      throw PrepError(
        .internal,
        "a pipe was to be read again, but nothing of it was kept",
        at: Place(file: name)
      )
    }
  }
}
