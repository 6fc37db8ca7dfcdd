import DLPrep

/// Looking byte strings up in a dictionary, small and large.
struct Dictionaries {
  func run() {
    for levels in [50, 1000, 45_000] {
      var draw = Draw(seed: 3)
      let words = (0..<levels).map { Array("Employer number \($0), Ltd".utf8) }
      let picks = (0..<500_000).map { _ in draw.rank(below: levels) }
      let dictionary = Levels(words)
      var sum = 0
      measure("dictionary, \(levels) levels, one by one", values: picks.count) {
        for pick in picks {
          let word = words[pick]
          sum += Int(dictionary.intern(word.span))
        }
      }
      let sorted = ByteStrings(words.sorted { $0.lexicographicallyPrecedes($1) })
      let finder = SortedStrings(sorted)
      measure("sorted list, \(levels) levels", values: picks.count) {
        for pick in picks {
          let word = words[pick]
          sum += finder.index(of: word.span) ?? 0
        }
      }
      precondition(sum > 0)
    }
  }
}
