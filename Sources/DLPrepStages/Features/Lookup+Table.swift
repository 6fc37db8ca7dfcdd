import DLPrepBytes
import DLPrepData
public import DLPrepPipeline

extension Lookup {
  /// A column that is added: its name, type and values.
  public struct Taken: SavedByFields {
    /// Its name.
    public var name = ""
    /// Its type.
    public var type = ""
    /// Whole numbers, days, microseconds, and flags as 0 and 1.
    public var integers: [Int?] = []
    /// Numbers.
    public var floats: [Double?] = []
    /// Categories and texts.
    public var texts: [String?] = []
    /// No values.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("name", \.name), .init("type", \.type), .init("integers", \.integers),
      .init("floats", \.floats), .init("texts", \.texts),
    ]

    /// Whether it has a value for each of some keys.
    func fits(_ count: Int) -> Bool {
      switch DataType(name: type) {
      case .integer, .bool, .date, .timestamp: integers.count == count
      case .float: floats.count == count
      case .category, .text: texts.count == count
      case .vector, nil: false
      }
    }

    init(_ name: String, _ field: Field, _ values: Table.Values, _ rows: [Int]) {
      self.name = name
      type = field.type.name
      switch values {
      case .integer(let values): integers = rows.map { values[$0].map { Int($0) } }
      case .bool(let values): integers = rows.map { values[$0].map { $0 ? 1 : 0 } }
      case .float(let values): floats = rows.map { values[$0] }
      case .category(let values), .text(let values): texts = rows.map { values[$0] }
      }
    }
  }

  /// The keys and what is found by them.
  public struct Fitted: FittedTableStage, SavedByFields {
    /// The SHA-256 of the table's file; of a table in memory, of what is taken of it.
    public var hash = ""
    /// The keys, sorted.
    public var keys = GroupKeys()
    /// Where each key column stands among the chosen ones.
    public var order: [Int] = []
    /// What is added, in the order of the keys.
    public var taken: [Taken] = []
    /// Nothing.
    public init() {}
    /// The SHA-256 of the table's file.
    public var tableHash: String { hash }
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("sha256", \.hash), .init("keys", \.keys), .init("order", \.order),
      .init("taken", \.taken),
    ]

    /// Opens the work.
    public func kernel(_ slots: [Int], made: [Int]) -> Kernel {
      let index = GroupIndex(keys)
      let keySlots = order.map { slots[$0] }
      let columns = taken.map(LookupColumn.init)
      return { block, run in
        let found = index.groups(of: block, keySlots)
        run.count("rows without a match", found.count { $0 < 0 })
        for (slot, column) in zip(made, columns) { column.fill(block.columns[slot], found) }
      }
    }
  }
}

extension Lookup.Fitted {
  /// Takes from a table what the stage asks for.
  init(_ stage: Lookup, _ reference: ReferenceTable) throws(PrepError) {
    self.init()
    func position(_ name: String, _ key: String) throws(PrepError) -> Int {
      let names = reference.fields.map(\.name)
      if let found = names.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) { return found }
      throw PrepError(
        .column, "'\(key)': expected a column of '\(stage.table)', found '\(name)'",
        hint: suggestion(for: name, among: names) ?? "it has \(names.joined(separator: ", "))")
    }
    var keyColumns: [Table.Values] = []
    for pair in stage.on.pairs {
      keyColumns.append(reference.table.columns[try position(pair.other, "on")].values)
    }
    let values = keyColumns.map(\.keys)
    var rows: [(key: [[UInt8]], row: Int)] = []
    for row in 0..<reference.table.rowCount {
      // A missing key matches nothing.
      let key = values.compactMap { $0[row] }
      if key.count == values.count { rows.append((key, row)) }
    }
    rows.sort { a, b in
      a.key == b.key ? a.row < b.row : Self.precedes(a.key, b.key)
    }
    for (row, next) in zip(rows, rows.dropFirst()) where row.key == next.key {
      let words = row.key.map { "'\(String(decoding: $0, as: UTF8.self))'" }
      throw PrepError(
        .value,
        "expected each key of '\(stage.table)' once, found "
          + words.joined(separator: ", ") + " at \(reference.place(row.row)) and "
          + "\(reference.place(next.row))", hint: "drop one of the two rows")
    }
    keys = GroupKeys(rows.map { $0.key })
    let keyNames = Set(stage.on.pairs.map(\.other))
    let wanted =
      stage.take.pairs.isEmpty
      ? reference.fields.map(\.name).filter { !keyNames.contains($0) }.map { ($0, $0) }
      : stage.take.pairs.map { ($0.own, $0.other) }
    for (name, other) in wanted {
      let column = try position(other, "take")
      taken.append(
        Lookup.Taken(
          name, reference.fields[column], reference.table.columns[column].values, rows.map(\.row)))
    }
    if let known = reference.hash {
      hash = known
    } else {
      hash = SHA256.hexadecimal(try saved.canonical())
    }
  }

  private static func precedes(_ a: [[UInt8]], _ b: [[UInt8]]) -> Bool {
    for (x, y) in zip(a, b) where x != y { return x.lexicographicallyPrecedes(y) }
    return false
  }
}

/// A column of a table, ready to be filled in from.
private final class LookupColumn {
  private let type: DataType
  private let integers: [Int?]
  private let floats: [Double?]
  private let texts: [String?]
  private let levels = Levels()
  private var codes: [Int32] = []

  init(_ taken: Lookup.Taken) {
    type = DataType(name: taken.type) ?? .text
    integers = taken.integers
    floats = taken.floats
    texts = taken.texts
    if type == .category {
      codes = texts.map { text in
        guard let text else { return -1 }
        let bytes = Array(text.utf8)
        return levels.intern(bytes.span)
      }
    }
  }

  /// Fills a column by the position of each row's key; -1 is none.
  func fill(_ out: Column, _ found: [Int]) {
    switch type {
    case .float:
      out.prepare(.floats, count: found.count)
      for (row, key) in found.enumerated() {
        out.put(key < 0 ? nil : floats[key], row)
      }
    case .bool:
      out.prepare(.flags, count: found.count)
      for (row, key) in found.enumerated() {
        let flag = key < 0 ? nil : integers[key]
        out.missing[row] = flag == nil
        out.flags[row] = flag == 1 ? 1 : 0
      }
    case .category:
      out.prepare(.codes, count: found.count)
      out.levels = levels
      for (row, key) in found.enumerated() {
        out.codes[row] = key < 0 ? -1 : codes[key]
        out.missing[row] = out.codes[row] < 0
      }
    case .text:
      out.prepare(.text, count: found.count)
      for (row, key) in found.enumerated() {
        let text = key < 0 ? nil : texts[key]
        out.missing[row] = text == nil
        out.text.append((text ?? "").utf8)
      }
    case .integer, .date, .timestamp, .vector:
      out.prepare(.integers, count: found.count)
      for (row, key) in found.enumerated() {
        let value = key < 0 ? nil : integers[key]
        out.missing[row] = value == nil
        out.integers[row] = Int64(value ?? 0)
      }
    }
  }
}

extension Table.Values {
  /// Each value as the bytes by which keys are compared; nil is missing.
  fileprivate var keys: [[UInt8]?] {
    switch self {
    case .integer(let values): values.map { $0.map { Array($0.description.utf8) } }
    case .float(let values): values.map { $0.map { Array($0.keyText.utf8) } }
    case .bool(let values): values.map { $0.map { Array(($0 ? "1" : "0").utf8) } }
    case .category(let values), .text(let values): values.map { $0.map { Array($0.utf8) } }
    }
  }
}
