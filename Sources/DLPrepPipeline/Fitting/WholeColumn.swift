import DLPrepData

/// The training rows of a numeric column in one piece, unpacked once for all that is asked of them.
///
/// A table of thousands of columns comes in parts of few rows. To unpack each again for every
/// question, and to begin a sum there, costs more than the rows themselves.
final class WholeColumn {
  /// Up to this many rows are put together: a megabyte of numbers, which a processor keeps near.
  private static let mostRows = 1 << 17

  private let column: TrainingColumn
  private let context: FitContext
  private var found: Column?
  private var isPossible: Bool

  init(_ column: TrainingColumn, _ context: FitContext) {
    self.column = column
    self.context = context
    isPossible =
      column.train.count > 1 && context.weights == nil
      && context.rows.trainCount <= Self.mostRows
  }

  deinit {
    if let found { context.giveBack(found) }
  }

  /// All rows, good until this is gone; nil where they are looked at part by part.
  func rows() throws(PrepError) -> Column? {
    if let found { return found }
    guard isPossible else { return nil }
    let whole = context.spareColumn()
    found = whole
    let scratch = Column()
    var start = 0
    for (part, cached) in column.train.enumerated() {
      let column = try context.cache.view(cached, scratch)
      if part == 0 { whole.prepare(column.storage, count: context.rows.trainCount) }
      guard whole.take(column, at: start) else {
        isPossible = false
        found = nil
        context.giveBack(whole)
        return nil
      }
      start += column.count
    }
    return whole
  }
}

extension Column {
  /// Copies a part's numbers to where they belong; false where they are of another kind.
  fileprivate func take(_ part: Column, at start: Int) -> Bool {
    guard part.storage == storage, start + part.count <= count else { return false }
    let rows = start..<start + part.count
    switch storage {
    case .floats: floats.replaceSubrange(rows, with: part.floats[..<part.count])
    case .integers: integers.replaceSubrange(rows, with: part.integers[..<part.count])
    case .flags: flags.replaceSubrange(rows, with: part.flags[..<part.count])
    case .codes, .text, .sparse: return false
    }
    missing.take(part.missing, at: start)
    return true
  }
}

extension Bitmap {
  /// Marks the rows from `start` on that are marked in a part.
  fileprivate mutating func take(_ part: Bitmap, at start: Int) {
    part.forEachMissing { self[start + $0] = true }
  }
}
