package import DLPrepData

/// Which columns there are at a step, and in which slot of a block each stands.
package struct Layout: Sendable {
  /// The columns, in table order.
  package var columns: [OutputColumn] = []
  /// How many slots are taken.
  package private(set) var slots = 0
  /// Whether there are names that `checkNames` hasn't looked at.
  private var hasNewNames = true

  /// No column yet.
  package init() {}

  /// A slot of its own.
  package mutating func newSlot() -> Int {
    slots += 1
    return slots - 1
  }

  /// Adds a column at the end, in a new slot.
  package mutating func append(_ field: Field) {
    hasNewNames = true
    columns.append(OutputColumn(field: field, slot: newSlot()))
  }

  /// Where the column of that name stands; names that are looked up in the order of the table are
  /// found at once if each search starts where the last one ended.
  package func index(of name: String, from start: Int = 0) -> Int? {
    func isNamed(_ column: OutputColumn) -> Bool {
      column.field.name.utf8.elementsEqual(name.utf8)
    }
    let start = min(start, columns.count)
    return columns[start...].firstIndex(where: isNamed)
      ?? columns[..<start].firstIndex(where: isNamed)
  }

  /// Puts other columns in the place of all there are.
  mutating func take(_ others: [OutputColumn]) {
    hasNewNames = true
    columns = others
  }

  /// Keeps columns under other names, in another order.
  package mutating func arrange(_ kept: [(from: String, to: String)]) {
    let positions = Dictionary(
      columns.indices.map { (columns[$0].field.name, $0) }, uniquingKeysWith: { first, _ in first })
    take(
      kept.compactMap { from, to in
        guard let index = positions[from], columns[index].field.name.utf8.elementsEqual(from.utf8)
        else { return nil }
        var column = columns[index]
        column.field.name = to
        return column
      })
  }

  /// Replaces a column by what a stage makes of it, and says where the kernel works.
  ///
  /// - Returns: the slots, and whether the input must be copied into the kernel's input first,
  ///   because the original stays.
  package mutating func replace(
    at index: Int, by outputs: [Output], fields: [Field], keepOriginal: Bool
  ) -> (slots: Slots, copyFrom: Int?) {
    let original = columns[index]
    var slots = Slots(input: original.slot, outputs: [])
    var copyFrom: Int?
    for (i, output) in outputs.enumerated() {
      if i == 0, output.value == nil {
        if keepOriginal {
          copyFrom = original.slot
          slots.input = newSlot()
        }
        slots.outputs.append(slots.input)
      } else {
        slots.outputs.append(newSlot())
      }
    }
    let made = zip(fields, slots.outputs).map { OutputColumn(field: $0, slot: $1) }
    if !(made.isEmpty || fields.map(\.name) == [original.field.name] && !keepOriginal) {
      hasNewNames = true
    }
    columns.replaceSubrange(index...index, with: (keepOriginal ? [original] : []) + made)
    return (slots, copyFrom)
  }

  /// An error where two columns have names that no one can tell apart (canonically equal ones).
  package mutating func checkNames(at step: FittedStepName) throws(PrepError) {
    guard hasNewNames else { return }
    hasNewNames = false
    var seen: [String: String] = [:]
    for column in columns {
      if let other = seen.updateValue(column.field.name, forKey: column.field.name) {
        throw PrepError(
          .collision, "expected new names, found a second column '\(other)'", at: step.place,
          hint: "give a template with name:", step: step.address)
      }
    }
  }
}

/// How messages name a step.
package struct FittedStepName: Sendable {
  var address: String
  var place: Place?
}
