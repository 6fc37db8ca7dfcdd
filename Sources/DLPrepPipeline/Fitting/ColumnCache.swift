import DLPrepBytes
import DLPrepData
import Synchronization

/// Keeps the parsed training data in memory up to a limit, then in an unlinked file.
///
/// Columns are put away and fetched whole, one at a time: what is at work is one column for each
/// worker, whatever the number of rows.
final class ColumnCache: Sendable {
  private let limit: Int
  private let folder: String?
  private let shared = Mutex(Shared())

  private struct Shared {
    var resident = 0
    var spool: Spool?
  }

  /// A cache of at most `memory` bytes; beyond, it writes to a file in `folder`.
  init(memory: Int, folder: String?) {
    limit = memory
    self.folder = folder
  }

  /// Takes a column in: it stays in memory as long as there is room.
  func put(_ column: Column) throws(PrepError) -> CachedColumn {
    let cached = CachedColumn(column)
    try settle(cached)
    return cached
  }

  /// Accounts for a column in memory, or puts it on disk where there is no room.
  func settle(_ cached: CachedColumn) throws(PrepError) {
    guard let column = cached.resident else { return }
    let bytes = column.byteCount
    let fits = shared.withLock { state in
      guard state.resident + bytes <= limit else { return false }
      state.resident += bytes
      return true
    }
    if fits {
      cached.accounted = bytes
    } else {
      try cached.store(in: try openSpool())
    }
  }

  /// Brings a column into memory, where it is to be changed; `settle` ends that.
  func fetch(_ cached: CachedColumn) throws(PrepError) -> Column {
    let accounted = cached.accounted
    if accounted > 0 {
      cached.accounted = 0
      shared.withLock { $0.resident -= accounted }
    }
    if let column = cached.resident { return column }
    return try cached.load(from: try openSpool())
  }

  /// Forgets a column.
  func remove(_ cached: CachedColumn) {
    let accounted = cached.accounted
    cached.accounted = 0
    cached.forget()
    if accounted > 0 { shared.withLock { $0.resident -= accounted } }
  }

  private func openSpool() throws(PrepError) -> Spool {
    try shared.withLock { state throws(PrepError) in
      if let spool = state.spool { return spool }
      let spool = try Spool(in: folder)
      state.spool = spool
      return spool
    }
  }
}
