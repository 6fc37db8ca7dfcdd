import DLPrepData

/// Takes the parts of one column through a kernel and gathers what comes out.
struct ColumnPassage {
  private let context: FitContext
  private let slots: Slots
  private let copyFrom: Int?
  private let keepsOriginal: Bool
  private let block: Block
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
    block = Block(slots: width)
  }

  /// Works on one part; without a kernel it goes through unchanged.
  mutating func pass(
    _ part: CachedColumn, _ rows: Rows, _ run: RunContext, _ kernel: Kernel?
  ) throws(PrepError) {
    block.rows = rows
    block.removed = nil
    block.columns[0] = try context.cache.fetch(part)
    if let copyFrom { block.columns[slots.input].assign(block.columns[copyFrom]) }
    kernel?(block, run)
    current = []
    for slot in slots.outputs {
      if slot == 0 {
        part.replace(by: block.columns[0])
        try context.cache.settle(part)
        current.append(part)
      } else {
        current.append(try context.cache.put(block.columns[slot]))
        block.columns[slot] = Column()
      }
    }
    if keepsOriginal {
      try context.cache.settle(part)
    } else if !slots.outputs.contains(0) {
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
    var made: [TrainingColumn] = []
    if keepsOriginal {
      original.actedOn.insert(address)
      made.append(original)
    }
    for (i, field) in fields.enumerated() {
      let column = TrainingColumn(field, train: train.map { $0[i] }, test: test.map { $0[i] })
      // A column beside it, such as an indicator, has a history of its own.
      if field.name == original.field.name {
        column.actedOn = original.actedOn.union([address])
        column.madeBy = original.madeBy
      }
      column.madeBy.insert(address)
      made.append(column)
    }
    return made
  }
}
