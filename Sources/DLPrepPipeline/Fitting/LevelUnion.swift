import DLPrepData

/// Gives all parts of a category column one dictionary, sorted by bytes, so that codes don't depend
/// on which worker saw what first.
struct LevelUnion {
  private let parts: [CachedColumn]
  private let dictionaries: [Levels]
  private let cache: ColumnCache

  init(_ parts: [CachedColumn], _ dictionaries: [Levels], _ cache: ColumnCache) {
    self.parts = parts
    self.dictionaries = dictionaries.filter { $0.count > 0 }
    self.cache = cache
  }

  /// Recodes all parts.
  ///
  /// An undeclared column becomes free text instead where more than half of its values (and more
  /// than 50), or over a million, are distinct.
  /// - Returns: whether it became text.
  func settle(mayBecomeText: Bool) throws(PrepError) -> Bool {
    guard !dictionaries.isEmpty else { return false }
    let all = Levels()
    for levels in dictionaries { all.add(levels) }
    let sorted = Levels()
    for code in all.sortedCodes() { _ = sorted.intern(all.strings, code) }
    if mayBecomeText, all.count > 50 {
      var present = 0
      for part in parts {
        let column = try cache.view(part)
        present += column.count - column.missing.total
      }
      if all.count * 2 > present || all.count > 1_000_000 {
        try change { $0.becomeText() }
        return true
      }
    }
    var maps: [ObjectIdentifier: [Int32]] = [:]
    for levels in dictionaries { maps[ObjectIdentifier(levels)] = levels.codes(in: sorted) }
    try change { column in
      if let levels = column.levels, let map = maps[ObjectIdentifier(levels)] {
        column.recode(map)
      }
      column.levels = sorted
    }
    return false
  }

  private func change(_ body: (Column) -> Void) throws(PrepError) {
    for part in parts {
      let column = try cache.fetch(part)
      if column.storage == .codes { body(column) }
      try cache.settle(part)
    }
  }
}
