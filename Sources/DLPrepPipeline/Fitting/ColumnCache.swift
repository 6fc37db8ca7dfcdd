import DLPrepBytes
import DLPrepData
import Synchronization

/// Keeps the training data, packed, in memory up to a limit, then in an unlinked file.
///
/// What is unpacked is what somebody works on: a part of a column for each worker, whatever the
/// number of rows.
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

  /// Takes a column in.
  func put(_ column: Column) throws(PrepError) -> CachedColumn {
    let cached = CachedColumn(column)
    try settle(cached)
    return cached
  }

  /// The values of a column, only to be looked at: there is nothing to settle.
  ///
  /// They stand in `scratch` or elsewhere, and are good until that is used again.
  func view(_ cached: CachedColumn, _ scratch: Column? = nil) throws(PrepError) -> Column {
    try cached.values(scratch, openSpool)
  }

  /// Takes a column in hand to change it; `settle` ends that.
  ///
  /// To look at it, `view` is enough.
  func fetch(_ cached: CachedColumn) throws(PrepError) -> Column {
    if let column = cached.inHand { return column }
    let column = try cached.take(openSpool)
    release(cached)
    return column
  }

  /// Takes back a column that was in hand, and packs it.
  func settle(_ cached: CachedColumn) throws(PrepError) {
    guard cached.inHand != nil else { return }
    cached.pack()
    try keep(cached)
  }

  /// Puts other values in a column's place, which `again` can make once more from those before.
  func replace(
    _ cached: CachedColumn, by column: Column, again: DeferredWork?, _ rows: Rows
  ) throws(PrepError) {
    cached.replace(by: column, again: again, rows)
    try keep(cached)
  }

  /// Forgets a column.
  func remove(_ cached: CachedColumn) {
    cached.forget()
    release(cached)
  }

  /// Leaves it in memory where there is room.
  private func keep(_ cached: CachedColumn) throws(PrepError) {
    release(cached)
    let bytes = cached.byteCount
    let fits = shared.withLock { state in
      guard state.resident + bytes <= limit else { return false }
      state.resident += bytes
      return true
    }
    if !fits {
      try cached.store(in: try openSpool())
      shared.withLock { $0.resident += cached.byteCount }
    }
    cached.accounted = cached.byteCount
  }

  private func release(_ cached: CachedColumn) {
    let bytes = cached.accounted
    cached.accounted = 0
    if bytes > 0 { shared.withLock { $0.resident -= bytes } }
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
