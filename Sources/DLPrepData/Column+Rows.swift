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
    case .sparse: out.sparse = sparse.gathered(rows)
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
    case .sparse: sparse = other.sparse
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
      case .sparse: sparse.byteCount
      }
    return values + missing.words.count * 8
  }

  /// Replaces each code by the one that `map` has for it; -1 stays.
  public func recode(_ map: [Int32]) {
    // Taken out of the class, where each access would be checked.
    let count = count
    unsafe codes.withUnsafeMutableBufferPointer { codes in
      for i in 0..<count where unsafe codes[i] >= 0 { unsafe codes[i] = map[Int(codes[i])] }
    }
  }

  /// Makes a category free text: one string a row.
  public func becomeText() {
    guard storage == .codes, let levels else { return }
    become(.text)
    for i in 0..<count {
      if codes[i] >= 0 {
        text.append(levels.strings, Int(codes[i]))
      } else {
        text.append(EmptyCollection<UInt8>())
      }
    }
    self.levels = nil
    codes = []
  }

  /// A column with the rows of this one, then those of another of the same storage.
  public func joined(with other: Column) -> Column {
    let out = Column()
    out.prepare(storage, count: count + other.count)
    for row in 0..<count where missing[row] { out.missing[row] = true }
    for row in 0..<other.count where other.missing[row] { out.missing[count + row] = true }
    out.levels = levels
    switch storage {
    case .floats: out.floats = Array(floats[..<count]) + other.floats[..<other.count]
    case .integers: out.integers = Array(integers[..<count]) + other.integers[..<other.count]
    case .flags: out.flags = Array(flags[..<count]) + other.flags[..<other.count]
    case .codes:
      let theirs = other.copied()
      if let levels, let otherLevels = other.levels, levels !== otherLevels {
        let all = Levels()
        all.add(levels)
        all.add(otherLevels)
        theirs.recode(otherLevels.codes(in: all))
        out.levels = all
      }
      out.codes = Array(codes[..<count]) + theirs.codes[..<other.count]
    case .text:
      for row in 0..<count { out.text.append(text, row) }
      for row in 0..<other.count { out.text.append(other.text, row) }
    case .sparse:
      out.sparse = sparse
      for row in 0..<other.count { out.sparse.append(other.sparse, row) }
    }
    return out
  }
}
