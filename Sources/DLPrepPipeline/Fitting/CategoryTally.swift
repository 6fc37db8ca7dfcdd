import DLPrepData

/// Counts the distinct values of a column as bytes: categories and text as they are, integers by
/// their digits, bools as 0 and 1.
struct CategoryTally {
  private var levels = Levels()
  private var tallies: [Int] = []
  private var integers: [Int64: Int] = [:]
  /// The dictionary of the last part, and by its codes the codes here; -1 is not seen yet.
  private var origin: Levels?
  private var own: [Int32] = []

  /// How many distinct values were seen.
  var distinct: Int { levels.count + integers.count }

  /// Adds the values of a part.
  mutating func add(_ column: Column) {
    switch column.storage {
    case .codes: addCodes(column)
    case .text:
      for row in 0..<column.count where !column.missing[row] {
        add(levels.intern(column.text, row))
      }
    case .integers:
      for row in 0..<column.count where !column.missing[row] {
        integers[column.integers[row], default: 0] += 1
      }
    case .flags:
      for row in 0..<column.count where !column.missing[row] {
        integers[Int64(column.flags[row]), default: 0] += 1
      }
    case .floats:
      for row in 0..<column.count where !column.missing[row] {
        add(levels.intern(column.floats[row].keyText))
      }
    case .sparse:
      for row in 0..<column.count where !column.missing[row] {
        let key = column.sparse.key(row)
        add(levels.intern(key.span))
      }
    }
  }

  private mutating func addCodes(_ column: Column) {
    guard let source = column.levels else {
      // A vector stored as codes: a component is a value.
      for row in 0..<column.count { integers[Int64(column.codes[row]), default: 0] += 1 }
      return
    }
    if source !== origin {
      origin = source
      own.removeAll(keepingCapacity: true)
    }
    if own.count < source.count {
      own.append(contentsOf: repeatElement(-1, count: source.count - own.count))
    }
    let strings = source.strings
    for row in 0..<column.count {
      let code = Int(column.codes[row])
      if code < 0 { continue }
      if own[code] < 0 {
        own[code] = levels.intern(strings, code)
        add(own[code])
      } else {
        tallies[Int(own[code])] += 1
      }
    }
  }

  private mutating func add(_ code: Int32, _ count: Int = 1) {
    if Int(code) == tallies.count { tallies.append(count) } else { tallies[Int(code)] += count }
  }

  /// The values in byte order with their counts.
  func counts() -> CategoryCounts {
    var all = self
    for (integer, count) in integers {
      all.add(all.levels.intern(integer.description), count)
    }
    var values = ByteStrings()
    var counts: [Int] = []
    for code in all.levels.sortedCodes() {
      values.append(all.levels.strings, code)
      counts.append(all.tallies[code])
    }
    return CategoryCounts(values: values, counts: counts)
  }
}

extension Double {
  /// The text by which a number is keyed as a category: whole numbers as digits.
  package var keyText: String {
    self == rounded() && abs(self) < 0x1p63 ? Int64(self).description : description
  }
}
