package import DLPrepData

/// Where a block stage works: the slots of its chosen and new columns, and what is copied first.
package struct BlockSlots: Equatable {
  /// The slots of the chosen columns.
  package var chosen: [Int] = []
  /// The slots of the new columns.
  package var made: [Int] = []
  /// Originals that stay, each with the slot of the copy that is worked on.
  package var copies: [(from: Int, to: Int)] = []

  package static func == (a: BlockSlots, b: BlockSlots) -> Bool {
    a.chosen == b.chosen && a.made == b.made && a.copies.map(\.to) == b.copies.map(\.to)
  }
}

extension Layout {
  /// Takes the columns at some positions through a block stage: changes, drops and adds columns.
  package mutating func reshape(
    _ positions: [Int], _ fates: [Fate], made: [Field], by stage: any Stage, at address: String
  ) -> BlockSlots {
    var slots = BlockSlots()
    var after: [OutputColumn] = []
    let own = Dictionary(zip(positions, fates), uniquingKeysWith: { first, _ in first })
    for (position, column) in columns.enumerated() {
      guard let fate = own[position] else {
        after.append(column)
        continue
      }
      let field = changedField(column.field, fate, by: stage, at: address)
      let isChanged = fate.isWritten
      let keeps = stage.common.keepOriginal && fate != .unchanged
      if keeps { after.append(column) }
      var slot = column.slot
      if keeps && isChanged {
        slot = newSlot()
        slots.copies.append((from: column.slot, to: slot))
      }
      slots.chosen.append(slot)
      if let field { after.append(OutputColumn(field: field, slot: slot)) }
    }
    take(after)
    for field in made {
      append(field)
      slots.made.append(columns[columns.count - 1].slot)
    }
    return slots
  }

  /// Takes columns through a stage that puts its outputs in the place of each column that is there.
  package mutating func replace(
    _ names: [String], by stage: any Stage, at address: String, _ outputs: (Field) -> [Output]
  ) -> [(column: SequenceColumn, fields: [Field])] {
    var places: [(column: SequenceColumn, fields: [Field])] = []
    var next = 0
    for name in names {
      guard let index = index(of: name, from: next) else { continue }
      next = index
      let field = columns[index].field
      let outputs = outputs(field)
      let fields = outputFields(of: outputs, from: field, by: stage, at: address)
      let (slots, copyFrom) = replace(
        at: index, by: outputs, fields: fields, keepOriginal: stage.common.keepOriginal)
      places.append((SequenceColumn(field: field, slots: slots, copyFrom: copyFrom), fields))
    }
    return places
  }
}
