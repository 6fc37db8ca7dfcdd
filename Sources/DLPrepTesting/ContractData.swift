package import DLPrepData
package import DLPrepPipeline

/// The tables that the suite tries stages on: columns of every type, and a target.
package enum ContractData {
  /// 40 rows, with values missing where `holes` says so; the target is a number, or of two classes.
  package static func table(holes: Bool, classes: Bool = false) throws(PrepError) -> Table {
    let rows = 0..<40
    func hole<Value>(_ row: Int, _ every: Int, _ value: Value) -> Value? {
      holes && row % every == every / 2 ? nil : value
    }
    // 17 and 23 have no factor in common with the lengths, so that values don't line up.
    return try Table([
      "a": .category(rows.map { hole($0, 7, ["a", "b", "c", "é", "a b"][$0 * 17 % 23 % 5]) }),
      "b": .category(rows.map { hole($0, 9, ["b", "a", "3"][$0 * 23 % 17 % 3]) }),
      "f": .float(rows.map { hole($0, 8, Double($0 * 17 % 23) / 4 + ($0 == 31 ? 1e6 : 0)) }),
      "i": .integer(rows.map { hole($0, 11, Int64($0 * 23 % 17 % 7)) }),
      "p": .float(rows.map { hole($0, 14, Double($0 * 19 % 29 * ($0 % 3) + 1) / 2) }),
      "l": .bool(rows.map { hole($0, 10, $0 * 17 % 23 > 11) }),
      "t": .text(rows.map { hole($0, 12, "b text \($0 % 13)") }),
      "day": .integer(rows.map { hole($0, 6, Int64($0 * 397 - 9000)) }),
      "time": .integer(rows.map { hole($0, 13, Int64($0 - 20) * 86_400_123_456 * 17) }),
      "group": .category(rows.map { "g\($0 * 17 % 23 % 6)" }),
      "y": classes
        ? .bool(rows.map { $0 * 23 % 17 > 7 }) : .float(rows.map { Double($0 * 23 % 17) }),
    ])
  }

  /// The same table with a target of two classes, one of them rare.
  package static func classes(of table: Table) throws(PrepError) -> Table {
    table.replacing("y", by: .category((0..<table.rowCount).map { $0 % 5 == 2 ? "yes" : "no" }))
  }

  /// A pipeline of one stage, on a table of these columns.
  package static func pipeline(_ stage: any Stage) -> Pipeline {
    var pipeline = Pipeline([stage])
    var day = Contract.Column("day")
    day.type = .date(format: nil)
    var time = Contract.Column("time")
    time.type = .timestamp(format: nil, timezone: nil)
    var target = Contract.Column("y")
    target.role = .target
    var group = Contract.Column("group")
    group.role = .group
    for var column in [day, time, target, group] {
      column.isRequired = false
      pipeline.schema.columns.append(column)
    }
    return pipeline
  }
}

extension Table {
  /// The rows of a range.
  package func rows(_ range: Range<Int>) -> Table {
    var part = Table()
    for (name, values) in columns { part.append(name, values.rows(range)) }
    return part
  }

  /// The rows, then those of another table with the same columns.
  package func followed(by other: Table) -> Table {
    var both = self
    for (column, values) in other.columns.enumerated() { both.extend(column, by: values.values) }
    return both
  }

  /// The same with a column's values changed.
  package func replacing(_ name: String, by values: Values) -> Table {
    var changed = Table()
    for column in columns {
      changed.append(column.name, column.name == name ? values : column.values)
    }
    return changed
  }

  /// Without a column.
  package func without(_ name: String) -> Table {
    var rest = Table()
    for column in columns where column.name != name { rest.append(column.name, column.values) }
    return rest
  }

  /// The columns from right to left.
  package var reversed: Table {
    var other = Table()
    for column in columns.reversed() { other.append(column.name, column.values) }
    return other
  }

  /// The values of a column.
  package func values(of name: String) -> Values? { columns.first { $0.name == name }?.values }
}

extension Table.Values {
  /// The values of a range of rows.
  func rows(_ range: Range<Int>) -> Table.Values {
    switch self {
    case .integer(let values): .integer(Array(values[range]))
    case .float(let values): .float(Array(values[range]))
    case .bool(let values): .bool(Array(values[range]))
    case .category(let values): .category(Array(values[range]))
    case .text(let values): .text(Array(values[range]))
    }
  }

  /// As many rows, all of them missing.
  var allMissing: Table.Values {
    switch self {
    case .integer(let values): .integer(values.map { _ in nil })
    case .float(let values): .float(values.map { _ in nil })
    case .bool(let values): .bool(values.map { _ in nil })
    case .category(let values): .category(values.map { _ in nil })
    case .text(let values): .text(values.map { _ in nil })
    }
  }

  /// Which rows are missing.
  var missing: [Bool] {
    switch self {
    case .integer(let values): values.map { $0 == nil }
    case .float(let values): values.map { $0 == nil }
    case .bool(let values): values.map { $0 == nil }
    case .category(let values): values.map { $0 == nil }
    case .text(let values): values.map { $0 == nil }
    }
  }
}
