import DLPrepData

/// Takes the parts of a block stage's columns through its kernel and gathers what comes out.
struct BlockPassage {
  /// The parts of one column that came out.
  struct Parts {
    var train: [CachedColumn] = []
    var test: [CachedColumn] = []
  }

  let table: TrainingTable
  let chosen: [Int]
  let fates: [Fate]
  let slots: BlockSlots
  let width: Int
  /// Whether originals stay beside what comes of them.
  var keepsOriginal = false
  private var changed: [Parts]
  private var new: [Parts]

  init(
    table: TrainingTable, chosen: [Int], _ fates: [Fate], _ slots: BlockSlots, width: Int
  ) {
    self.table = table
    self.chosen = chosen
    self.fates = fates
    self.slots = slots
    self.width = width
    changed = chosen.map { _ in Parts() }
    new = slots.made.map { _ in Parts() }
  }

  /// Works on one part; the block it worked on.
  mutating func pass(
    _ rows: Rows, _ side: WritableKeyPath<Parts, [CachedColumn]>, _ number: Int,
    _ kernel: (Block) -> Void
  ) throws(PrepError) -> Block {
    func part(_ column: TrainingColumn) -> CachedColumn {
      side == \.train ? column.train[number] : column.test[number]
    }
    let block = Block(slots: width)
    block.rows = rows
    for (slot, index) in chosen.enumerated() {
      block.columns[slot] = try table.cache.view(part(table.columns[index]))
    }
    for (from, to) in slots.copies { block.columns[to].assign(block.columns[from]) }
    kernel(block)
    for (i, index) in chosen.enumerated() {
      let cached = part(table.columns[index])
      switch fates[i] {
      case .changed where keepsOriginal, .replaced where keepsOriginal:
        changed[i][keyPath: side].append(try table.cache.put(block.columns[slots.chosen[i]]))
      case .changed, .replaced:
        cached.replace(by: block.columns[i])
        try table.cache.settle(cached)
        changed[i][keyPath: side].append(cached)
      case .dropped where !keepsOriginal: table.cache.remove(cached)
      case .dropped, .unchanged, .undecided: break
      }
    }
    for (i, slot) in slots.made.enumerated() {
      new[i][keyPath: side].append(try table.cache.put(block.columns[slot]))
    }
    return block
  }

  /// What stands in the place of each chosen column; `fields` are those after the step.
  func columns(_ fields: [Field?], _ address: String) -> [[TrainingColumn]] {
    chosen.indices.map { i in
      let original = table.columns[chosen[i]]
      guard fates[i].isWritten, let field = fields[i] else {
        return fates[i] == .dropped && !keepsOriginal ? [] : [original]
      }
      let column = TrainingColumn(field, train: changed[i].train, test: changed[i].test)
      return original.followed(by: [column], keepsOriginal: keepsOriginal, address)
    }
  }

  /// The new columns.
  func made(_ fields: [Field], _ address: String) -> [TrainingColumn] {
    fields.indices.map { i in
      let column = TrainingColumn(fields[i], train: new[i].train, test: new[i].test)
      column.madeBy = [address]
      return column
    }
  }
}

extension Field {
  /// The field of a new column, with the step that makes it.
  func made(at address: String) -> Field {
    var field = self
    field.steps.append(address)
    return field
  }
}
