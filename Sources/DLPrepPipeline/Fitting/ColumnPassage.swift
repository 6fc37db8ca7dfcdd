import DLPrepData

/// Takes parts of one column through a kernel, on one thread.
struct ColumnPassage {
  private let context: FitContext
  private let slots: Slots
  private let copyFrom: Int?
  private let keepsOriginal: Bool
  private let keys: [Int]
  private let block: Block
  private let scratch = Column()

  init(
    _ context: FitContext, _ slots: Slots, copyFrom: Int?, width: Int, keepsOriginal: Bool
  ) {
    self.context = context
    self.keepsOriginal = keepsOriginal
    self.slots = slots
    self.copyFrom = copyFrom
    keys = slots.keys
    block = Block(slots: width + keys.count)
  }

  /// Works on one part, beside its key columns; without a kernel it goes through unchanged.
  ///
  /// `again` is the kernel's work on slot 0, where that can be done later as well.
  func pass(
    _ part: CachedColumn, _ rows: Rows, keys: [Column], _ run: RunContext, _ kernel: Kernel?,
    again: DeferredWork? = nil
  ) throws(PrepError) -> (columns: [CachedColumn], removed: Bitmap?) {
    block.rows = rows
    block.removed = nil
    block.columns[0] = try context.cache.view(part, scratch)
    for (slot, key) in zip(self.keys, keys) { block.columns[slot] = key }
    if let copyFrom { block.columns[slots.input].assign(block.columns[copyFrom]) }
    kernel?(block, run)
    var made: [CachedColumn] = []
    for slot in slots.outputs {
      if slot == 0 {
        if kernel != nil {
          try context.cache.replace(part, by: block.columns[0], again: again, rows)
        }
        made.append(part)
      } else {
        made.append(try context.cache.put(block.columns[slot]))
        block.columns[slot] = Column()
      }
    }
    if !keepsOriginal, !slots.outputs.contains(0) {
      context.cache.remove(part)
    }
    return (made, block.removed)
  }
}
