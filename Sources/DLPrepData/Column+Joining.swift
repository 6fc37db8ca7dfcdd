extension Column {
  /// One column with the rows of all parts, in their order: of one storage, but for numbers, which
  /// become floats where one part has floats.
  public static func joined(_ parts: [Column]) -> Column {
    let out = Column()
    let parts = parts.filter { $0.count > 0 } + parts.prefix(1).filter { $0.count == 0 }
    guard let first = parts.first else { return out }
    let isMixed = parts.contains { $0.count > 0 && $0.storage != first.storage }
    let storage = isMixed && !parts.contains { $0.storage == .text } ? .floats : first.storage
    let count = parts.reduce(0) { $0 + $1.count }
    out.prepare(storage, count: count)
    let levels = parts.compactMap(\.levels)
    out.levels = levels.first
    let isOneDictionary = levels.allSatisfy { $0 === levels.first }
    if storage == .codes, !isOneDictionary {
      let all = Levels()
      for levels in levels { all.add(levels) }
      out.levels = all
    }
    var at = 0
    for part in parts {
      let rows = at..<at + part.count
      part.missing.forEachMissing { out.missing[at + $0] = true }
      switch storage {
      case .floats:
        switch part.storage {
        case .floats: out.floats.replaceSubrange(rows, with: part.floats[..<part.count])
        case .integers: for i in 0..<part.count { out.floats[at + i] = Double(part.integers[i]) }
        case .flags: for i in 0..<part.count { out.floats[at + i] = Double(part.flags[i]) }
        case .codes, .text, .sparse: break
        }
      case .integers: out.integers.replaceSubrange(rows, with: part.integers[..<part.count])
      case .flags: out.flags.replaceSubrange(rows, with: part.flags[..<part.count])
      case .codes:
        guard let all = out.levels, let own = part.levels, own !== all else {
          out.codes.replaceSubrange(rows, with: part.codes[..<part.count])
          break
        }
        let map = own.codes(in: all)
        for i in 0..<part.count {
          let code = part.codes[i]
          out.codes[at + i] = code < 0 ? -1 : map[Int(code)]
        }
      case .text: for i in 0..<part.count { out.text.append(part.text, i) }
      case .sparse:
        out.sparse.isWhole = part.sparse.isWhole
        for i in 0..<part.count { out.sparse.append(part.sparse, i) }
      }
      at = rows.upperBound
    }
    return out
  }
}
