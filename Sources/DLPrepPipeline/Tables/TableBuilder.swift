import DLPrepData

/// Gathers blocks into a table; a vector becomes a column for each component.
struct TableBuilder {
  private let columns: [OutputColumn]
  /// The table so far.
  private(set) var table = Table()

  init(_ columns: [OutputColumn]) {
    self.columns = columns
    for column in columns {
      let type = column.field.type
      if type.isVector {
        for name in column.field.components { table.append(name, .integer([])) }
      } else {
        table.append(column.field.name, Table.Values(empty: type))
      }
    }
  }

  /// Adds the rows of a block.
  mutating func append(_ block: Block) {
    var at = 0
    for column in columns {
      let data = block.columns[column.slot]
      if column.field.type.isVector {
        for component in column.field.components.indices {
          table.extend(at, by: data.tableValues(component: component))
          at += 1
        }
      } else {
        table.extend(at, by: data.tableValues(column.field.type))
        at += 1
      }
    }
  }
}
