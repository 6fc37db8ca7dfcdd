/// "did you mean 'x'?", where one of the words is near; nil where none is.
///
/// The distance counts a swap of neighbours as one edit (Damerau-Levenshtein, restricted); at most
/// a third of the letters may differ.
public func suggestion(for word: String, among words: [String]) -> String? {
  let limit = max(1, word.count / 3)
  let near = words.filter { abs($0.count - word.count) <= limit }
    .map { ($0, distance(Array(word.lowercased()), Array($0.lowercased()))) }
    // A word of which nothing is left is not near.
    .filter { $0.1 <= limit && $0.1 < max(word.count, $0.0.count) }
    .min { $0.1 < $1.1 }
  return near.map { "did you mean '\($0.0)'?" }
}

private func distance(_ a: [Character], _ b: [Character]) -> Int {
  var rows = [Array(0...b.count)]
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, rows[i - 1][j - 1] + 1)
      }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
