/// Somewhere that blocks of rows are written to: workers encode side by side, bytes go out in
/// order (or to their place, where each row has the same size).
public protocol TableSink: AnyObject, Sendable {
  /// How many separate outputs it has: the matrix, the target, the ids ...
  var outputs: Int { get }
  /// Whether a block's bytes may be written before those of an earlier block.
  var takesAnyOrder: Bool { get }
  /// An encoder for one worker.
  func makeEncoder() -> any BlockEncoder
  /// Writes an encoded block whose first row is row `firstRow` of the output.
  func write(_ encoded: borrowing EncodedBlock, firstRow: Int) throws(PrepError)
  /// Ends the output after `rows` rows; nothing is published yet.
  func finish(rows: Int) throws(PrepError)
}

/// Turns a block into bytes.
public protocol BlockEncoder: AnyObject {
  /// Encodes all rows of a block that are not removed, and says how many there were.
  func encode(_ block: Block, into encoded: inout EncodedBlock) throws(PrepError)
}

/// The bytes of one block, one buffer for each output.
public struct EncodedBlock: ~Copyable {
  /// A buffer for each output of the sink; encoders empty it and fill it again.
  public var buffers: [[UInt8]]
  /// How many rows they hold.
  public var rows = 0

  /// How many bytes they hold.
  public var byteCount: Int { buffers.reduce(0) { $0 + $1.count } }

  /// Empty buffers for `outputs` outputs.
  public init(outputs: Int) { buffers = Array(repeating: [], count: outputs) }
}

/// A column of the output: what it is, and in which slot of the block it stands.
public struct OutputColumn: Sendable, Hashable {
  /// Its name, type, role and lineage.
  public var field: Field
  /// The slot of the block.
  public var slot: Int

  /// Says which slot a column of the output stands in.
  public init(field: Field, slot: Int) {
    self.field = field
    self.slot = slot
  }
}
