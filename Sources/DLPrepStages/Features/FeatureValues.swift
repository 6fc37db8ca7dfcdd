import DLPrepData

/// A block's numbers of a column that features are made of: one a row, or for a vector the entries
/// of its components that aren't zero.
enum FeatureValues {
  case numbers([Double])
  case entries([Entry])

  /// A number in a vector.
  struct Entry {
    var row: Int
    var component: Int
    var value: Double
  }

  /// The numbers of a column.
  init(_ column: Column, _ field: Field) {
    guard field.type.isVector else {
      self = .numbers(column.numbers())
      return
    }
    var entries: [Entry] = []
    if column.storage == .sparse {
      for row in 0..<column.count {
        for i in column.sparse.range(row) {
          entries.append(
            Entry(
              row: row, component: Int(column.sparse.components[i]), value: column.sparse.values[i])
          )
        }
      }
    } else {
      for row in 0..<column.count where column.codes[row] >= 0 {
        entries.append(Entry(row: row, component: Int(column.codes[row]), value: 1))
      }
    }
    self = .entries(entries)
  }
}

/// The features that columns hold: one each, or one for each component of a vector.
struct FeatureList: Sendable {
  /// The columns.
  let fields: [Field]
  /// The position of each column's first feature, and the number of features.
  let starts: [Int]

  init(_ fields: [Field]) {
    self.fields = fields
    starts = fields.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.width) }
  }

  /// How many features there are.
  var count: Int { starts.last ?? 0 }

  /// Calls `body` with each column's position and numbers.
  func forEachColumn(of block: Block, _ slots: [Int], _ body: (Int, FeatureValues) -> Void) {
    for (i, slot) in slots.enumerated() {
      body(i, FeatureValues(block.columns[slot], fields[i]))
    }
  }
}
