import DLPrepData

/// Takes parts of a block stage's columns through its kernel, on one thread.
struct BlockPassage {
  let table: TrainingTable
  let chosen: [Int]
  let fates: [Fate]
  let slots: BlockSlots
  let width: Int
  /// Whether originals stay beside what comes of them.
  let keepsOriginal: Bool

  /// Works on one part, of training rows or test rows: what came of the columns that are written,
  /// then the new columns.
  func pass(
    _ rows: Rows, _ side: KeyPath<TrainingColumn, [CachedColumn]>, _ number: Int,
    _ kernel: (Block) -> Void
  ) throws(PrepError) -> (columns: [CachedColumn], removed: Bitmap?) {
    let block = Block(slots: width)
    block.rows = rows
    for (slot, index) in chosen.enumerated() {
      block.columns[slot] = try table.cache.view(table.columns[index][keyPath: side][number])
    }
    for (from, to) in slots.copies { block.columns[to].assign(block.columns[from]) }
    kernel(block)
    var made: [CachedColumn] = []
    for (i, index) in chosen.enumerated() {
      let cached = table.columns[index][keyPath: side][number]
      switch fates[i] {
      case .changed where keepsOriginal, .replaced where keepsOriginal:
        made.append(try table.cache.put(block.columns[slots.chosen[i]]))
      case .changed, .replaced:
        cached.replace(by: block.columns[i])
        try table.cache.settle(cached)
        made.append(cached)
      case .dropped where !keepsOriginal: table.cache.remove(cached)
      case .dropped, .unchanged, .undecided: break
      }
    }
    for slot in slots.made { made.append(try table.cache.put(block.columns[slot])) }
    return (made, block.removed)
  }

  /// What stands in the place of each chosen column; `fields` are those after the step.
  func columns(
    _ parts: PassedParts, _ fields: [Field?], _ address: String
  ) -> [[TrainingColumn]] {
    var position = 0
    return chosen.indices.map { i in
      let original = table.columns[chosen[i]]
      guard fates[i].isWritten, let field = fields[i] else {
        return fates[i] == .dropped && !keepsOriginal ? [] : [original]
      }
      defer { position += 1 }
      return original.followed(
        by: [parts.column(position, field)], keepsOriginal: keepsOriginal, address)
    }
  }

  /// The new columns, which stand behind all that were written.
  func made(_ parts: PassedParts, _ fields: [Field], _ address: String) -> [TrainingColumn] {
    let written = fates.count(where: \.isWritten)
    return fields.indices.map { i in
      let column = parts.column(written + i, fields[i])
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
