/// A range of rows of all columns, on buffers that are reused from block to block.
public final class Block: @unchecked Sendable {
  /// The columns, by slot.
  public var columns: [Column]
  /// Which records the rows are.
  public var rows = Rows()
  /// By slot: the dictionary that codes are read into; it outlives the block's content.
  public var dictionaries: [Levels]
  /// Rows that a step removes or rejects; nil as long as there are none.
  public var removed: Bitmap?

  /// An empty block with `slots` columns.
  public init(slots: Int) {
    columns = (0..<slots).map { _ in Column() }
    dictionaries = (0..<slots).map { _ in Levels() }
  }

  /// How many rows it has.
  public var count: Int { rows.count }

  /// Keeps the rows at the given positions and forgets the others.
  public func keep(_ positions: [Int]) {
    columns = columns.map { $0.count == rows.count ? $0.gathered(positions) : $0 }
    rows = rows.gathered(positions)
    removed = nil
  }

  /// Takes the removed rows out; without any it costs nothing.
  public func dropRemoved() {
    guard let removed, removed.any else { return }
    keep((0..<count).filter { !removed[$0] })
  }
}
