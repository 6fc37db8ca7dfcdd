public import DLPrepData

/// A source whose first bytes can be looked at before they are read.
public final class PeekingSource: ByteSource, @unchecked Sendable {
  // Unchecked: a source belongs to one thread at a time.
  private let base: any ByteSource
  private var head: [UInt8] = []
  private var taken = 0
  /// An error met while looking ahead comes when reading gets there.
  private var failure: PrepError?
  private var ended = false

  /// Looks into another source.
  public init(_ base: any ByteSource) { self.base = base }

  /// The name of the source below.
  public var name: String { base.name }

  /// The next bytes: `count` of them, fewer only where the source ends or fails before, or where
  /// those at hand are enough: a slow pipe isn't waited for in vain.
  public func peek(_ count: Int, isEnough: ([UInt8]) -> Bool = { _ in false }) -> [UInt8] {
    let piece = RawBuffer(capacity: max(count, 1))
    while head.count - taken < count, !ended, failure == nil, !isEnough(Array(head[taken...])) {
      do throws(PrepError) {
        let missing = count - (head.count - taken)
        let got = unsafe try base.read(
          into: UnsafeMutableRawBufferPointer(rebasing: piece.bytes[..<missing])
        )
        unsafe head.append(contentsOf: piece.bytes[..<got])
        ended = got == 0
      } catch {
        failure = error
      }
    }
    return Array(head[taken...].prefix(count))
  }

  /// Gives what was looked at first, then reads on.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(PrepError) -> Int {
    if taken < head.count {
      let count = min(buffer.count, head.count - taken)
      for i in 0..<count { unsafe buffer[i] = head[taken + i] }
      taken += count
      if taken == head.count {
        head = []
        taken = 0
      }
      return count
    }
    if let failure { throw failure }
    return ended ? 0 : unsafe try base.read(into: buffer)
  }

  /// Whether nothing is at hand below, either.
  public var isQuiet: Bool { taken == head.count && !ended && failure == nil && base.isQuiet }

  /// Leaves out bytes that were looked at.
  func skip(_ count: Int) { taken += min(count, head.count - taken) }
}
