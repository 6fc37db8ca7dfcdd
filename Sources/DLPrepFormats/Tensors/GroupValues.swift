import DLPrepData
import Synchronization

/// The values of a group column that isn't a number, numbered as workers come upon them, and in the
/// order of their bytes in the end.
///
/// Groups of new data are new by nature (a fit has seen other households), so they are numbered by
/// the table that is written, not by the fit.
final class GroupValues: Sendable {
  private let levels = Mutex<Levels>(Levels())
  private static let limit = 1 << 30

  init() {}

  /// The number of a value, for now.
  func number(_ value: Span<UInt8>) throws(PrepError) -> Int64 {
    let bytes = unsafe value.withUnsafeBufferPointer { unsafe Array($0) }
    let number: Int64? = levels.withLock { levels in
      levels.byteCount > Self.limit ? nil : Int64(levels.intern(bytes.span))
    }
    if let number { return number }
    throw PrepError(
      .limit, "expected at most 1 GiB of groups to number, found more",
      hint: "write a table, or cast the group to a number")
  }

  /// The values in the order of their bytes.
  var sorted: [[UInt8]] { levels.withLock { levels in levels.sortedCodes().map { levels[$0] } } }

  /// The final number of each value, by its number for now.
  var ranks: [Int64] {
    levels.withLock { levels in
      var ranks = [Int64](repeating: -1, count: levels.count)
      for (rank, code) in levels.sortedCodes().enumerated() { ranks[code] = Int64(rank) }
      return ranks
    }
  }
}
