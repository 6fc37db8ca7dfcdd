public import DLPrepData

/// Bytes that are in memory already, as a source.
public final class MemorySource: ByteSource, @unchecked Sendable {
  // Unchecked: a source belongs to one thread at a time.
  /// The name that errors show.
  public let name: String
  private let bytes: [UInt8]
  private let piece: Int
  private var taken = 0

  /// Reads from an array, at most `piece` bytes at a time: tests of boundaries ask for few.
  public init(_ bytes: [UInt8], name: String = "<memory>", piece: Int = .max) {
    self.bytes = bytes
    self.name = name
    self.piece = max(1, piece)
  }

  /// Copies the next bytes.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(PrepError) -> Int {
    let count = min(buffer.count, bytes.count - taken, piece)
    if count == 0 { return 0 }
    unsafe bytes.withUnsafeBytes { all in
      unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[taken..<taken + count]))
    }
    taken += count
    return count
  }
}
