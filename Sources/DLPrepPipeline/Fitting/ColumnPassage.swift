import DLPrepData

/// Takes the parts of one column through a kernel and gathers what comes out.
struct ColumnPassage {
  private let context: FitContext
  private let slots: Slots
  private let copyFrom: Int?
  private let keepsOriginal: Bool
  private let keys: [Int]
  private let block: Block
  private let scratch = Column()
  private var train: [[CachedColumn]] = []
  private var test: [[CachedColumn]] = []
  private var current: [CachedColumn] = []
  private var currentRemoved: Bitmap?
  /// The rows taken out, part by part.
  private(set) var removed = RemovedRows()

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
  mutating func pass(
    _ part: CachedColumn, _ rows: Rows, keys: [Column], _ run: RunContext, _ kernel: Kernel?,
    again: DeferredWork? = nil
  ) throws(PrepError) {
    block.rows = rows
    block.removed = nil
    block.columns[0] = try context.cache.view(part, scratch)
    for (slot, key) in zip(self.keys, keys) { block.columns[slot] = key }
    if let copyFrom { block.columns[slots.input].assign(block.columns[copyFrom]) }
    kernel?(block, run)
    current = []
    for slot in slots.outputs {
      if slot == 0 {
        if kernel != nil {
          try context.cache.replace(part, by: block.columns[0], again: again, rows)
        }
        current.append(part)
      } else {
        current.append(try context.cache.put(block.columns[slot]))
        block.columns[slot] = Column()
      }
    }
    if !keepsOriginal, !slots.outputs.contains(0) {
      context.cache.remove(part)
    }
    currentRemoved = block.removed
  }

  /// The part was one of training rows.
  mutating func endTraining() {
    train.append(current)
    removed.train.append(currentRemoved)
  }

  /// The part was one of test rows.
  mutating func endTest() {
    test.append(current)
    removed.test.append(currentRemoved)
  }

  /// The columns that came out, the original first where it stays.
  func columns(
    _ original: TrainingColumn, _ fields: [Field], _ address: String
  )
    -> [TrainingColumn]
  {
    original.followed(
      by: fields.enumerated().map { i, field in
        TrainingColumn(field, train: train.map { $0[i] }, test: test.map { $0[i] })
      }, keepsOriginal: keepsOriginal, address)
  }
}
