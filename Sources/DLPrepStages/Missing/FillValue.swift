public import DLPrepData
public import DLPrepPipeline

/// What `impute` has learned of a column: the value that is put in.
public struct FillValue: SavedByFields {
  /// The value of a number; days or microseconds of dates.
  public var number: Double?
  /// The value of text, categories and bools (`0`, `1`); at most one.
  public var text = ByteStrings()
  /// Whether values were missing at fit and a column tells where.
  public var indicator = false
  /// Whether the column is dropped.
  public var isDropped = false
  /// Everything at its default.
  public init() {}
  /// How it is saved.
  public static let fields: [SavedField<Self>] = [
    .init("number", \.number), .init("text", \.text), .init("indicator", \.indicator),
    .init("dropped", \.isDropped),
  ]

  /// Reads a constant as a column of that type would.
  mutating func read(_ value: String, for type: DataType) throws(PrepError) {
    let bytes = Array(value.utf8)
    switch type {
    case .category, .text: text = ByteStrings([bytes])
    case .bool: text = ByteStrings([categoryKey(value, for: .bool)])
    case .integer: number = Int64(value).map(Double.init)
    case .float: number = parsedNumber(bytes.span)
    case .date: number = parsedDate(bytes.span).map(Double.init)
    case .timestamp: number = parsedTimestamp(bytes.span).map(Double.init)
    case .vector: break
    }
    guard number != nil || text.count == 1 && (type != .bool || ["0", "1"].contains(first)) else {
      throw PrepError(.value, "'value': expected a value of type \(type.name), found '\(value)'")
    }
  }

  private var first: String { String(decoding: text[0], as: UTF8.self) }

  /// Refuses whole numbers that a binary64 can't tell from their neighbours.
  func requireExact(for field: Field, _ type: DataType) throws(PrepError) {
    guard let number else { return }
    try requireFinite(number, of: field)
    if type != .float, abs(number) > 0x1p53 {
      throw PrepError(
        .fit, "expected whole numbers within 2^53 in column '\(field.name)', found larger ones",
        hint: "declare the column as text if it holds codes")
    }
  }

  /// Fills missing rows of a column that comes out as `type`.
  func kernel(as type: DataType, _ slots: Slots) -> Kernel {
    if type == .category { return categoryKernel(slots) }
    if type == .text { return textKernel(slots) }
    let number = number ?? (text.count == 1 && first == "1" ? 1 : 0)
    let integer = Int64(exactly: number) ?? 0
    return { block, _ in
      let column = block.columns[slots.input]
      if type == .float { column.convertToFloats() }
      let missing = column.missing
      switch column.storage {
      case .floats: missing.forEachMissing { column.floats[$0] = number }
      case .integers: missing.forEachMissing { column.integers[$0] = integer }
      case .flags: missing.forEachMissing { column.flags[$0] = UInt8(truncatingIfNeeded: integer) }
      case .codes, .text, .sparse: break
      }
      column.missing.clear()
    }
  }

  private func categoryKernel(_ slots: Slots) -> Kernel {
    let fill = text.count == 1 ? text[0] : []
    let map = CategoryMap<Int32>(
      missing: 0, .category, unknown: -1, .value, first: fill)
    return { block, run in
      map.read(slots.input, of: block, run) { map.made.intern($0) }
      map.storeCategory(in: block.columns[slots.input])
    }
  }

  private func textKernel(_ slots: Slots) -> Kernel {
    let fill = text.count == 1 ? text[0] : []
    return { block, _ in
      let column = block.columns[slots.input]
      guard column.missing.any else { return }
      var filled = ByteStrings()
      for row in 0..<column.count {
        if column.missing[row] { filled.append(fill) } else { filled.append(column.text, row) }
      }
      column.text = filled
      column.missing.clear()
    }
  }
}
