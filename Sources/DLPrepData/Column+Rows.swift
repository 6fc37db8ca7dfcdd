extension Column {
  /// A column of its own memory with the rows at the given positions, in that order.
  public func gathered(_ rows: [Int]) -> Column {
    let out = Column()
    out.prepare(storage, count: rows.count)
    out.missing = missing.gathered(rows)
    out.levels = levels
    switch storage {
    case .floats: for (i, row) in rows.enumerated() { out.floats[i] = floats[row] }
    case .integers: for (i, row) in rows.enumerated() { out.integers[i] = integers[row] }
    case .flags: for (i, row) in rows.enumerated() { out.flags[i] = flags[row] }
    case .codes: for (i, row) in rows.enumerated() { out.codes[i] = codes[row] }
    case .text: for row in rows { out.text.append(text, row) }
    }
    return out
  }

  /// A column of its own memory with the same rows, and no more memory than they need.
  public func copied() -> Column {
    let out = Column()
    out.assign(self)
    return out
  }

  /// Takes over the values of another column, on its own memory where that suffices.
  public func assign(_ other: Column) {
    prepare(other.storage, count: other.count)
    missing = other.missing
    levels = other.levels
    let rows = 0..<other.count
    switch other.storage {
    case .floats: floats.replaceSubrange(rows, with: other.floats[rows])
    case .integers: integers.replaceSubrange(rows, with: other.integers[rows])
    case .flags: flags.replaceSubrange(rows, with: other.flags[rows])
    case .codes: codes.replaceSubrange(rows, with: other.codes[rows])
    case .text: text = other.text
    }
  }

  /// How many bytes of memory its values take.
  public var byteCount: Int {
    let values =
      switch storage {
      case .floats, .integers: count * 8
      case .flags: count
      case .codes: count * 4
      case .text: text.bytes.count + text.ends.count * 8
      }
    return values + missing.words.count * 8
  }
}
