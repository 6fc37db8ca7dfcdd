import DLPrepData

extension CSVSource {
  /// Takes names that were stated for an input without a header.
  func name(_ stated: [String]) throws(PrepError) {
    guard !stated.isEmpty else {
      throw PrepError(.value, "expected at least one column name, found none")
    }
    var seen: [String: Int] = [:]
    for (i, column) in stated.enumerated() {
      if let first = seen.updateValue(i, forKey: column) {
        throw PrepError(
          .value, "expected distinct column names, found '\(column)' as \(first + 1) and \(i + 1)")
      }
    }
    columns = stated
  }

  /// Takes the names that the header holds.
  ///
  /// A column without one is called by its number. Two names that look the same are refused, also
  /// where their bytes differ: Swift compares strings by canonical equivalence.
  func nameByHeader(_ start: Int, _ scan: RecordScan, _ positions: Positions) throws(PrepError) {
    let carry = feed.carry
    let scratch = Scratch()
    var names: [String] = []
    var places: [Int] = []
    var seen: [String: Int] = [:]
    var unnamed: [Int] = []
    var from = start
    for column in 0..<scan.fields {
      let next = unsafe Int(positions.values[column]) + 1
      var end = next - 1
      if unsafe column == scan.fields - 1 && end > from && carry.bytes[end] == 10
        && carry.bytes[end - 1] == 13
      {
        end -= 1
      }
      var name = headerCell(from, end, scratch)
      if name.isEmpty {
        name = "column_\(column + 1)"
        unnamed.append(column + 1)
      }
      if let first = seen.updateValue(column, forKey: name) {
        let other = feed.place(carry, places[first])
        throw PrepError(
          .header,
          "expected distinct column names, found '\(name)' as column \(column + 1) and already as "
            + "column \(first + 1) (\(other.line):\(other.column))",
          at: feed.place(carry, from), hint: "rename one of them")
      }
      names.append(name)
      places.append(from)
      from = next
    }
    columns = names
    if let first = unnamed.first {
      headNotes.append(
        unnamed.count == 1
          ? "column \(first) has no name and is called column_\(first)"
          : "\(unnamed.count) columns have no name and are called by their number, column_\(first) "
            + "and so on")
    }
  }

  private func headerCell(_ start: Int, _ end: Int, _ scratch: Scratch) -> String {
    let carry = feed.carry
    var from = start
    var to = end
    if options.trim {
      while unsafe from < to && (carry.bytes[from] == 32 || carry.bytes[from] == 9) { from += 1 }
      while unsafe from < to && (carry.bytes[to - 1] == 32 || carry.bytes[to - 1] == 9) {
        to -= 1
      }
    }
    let cell = unsafe UnsafeBufferPointer(start: carry.bytes + from, count: to - from)
    guard cell.count >= 2, unsafe cell[0] == Self.quote else {
      return unsafe String(decoding: cell, as: UTF8.self)
    }
    let inner = unsafe UnsafeBufferPointer(rebasing: cell[1..<cell.count - 1])
    let content = unsafe scratch.unquoted(
      inner, quote: Self.quote, escape: options.escape ?? 0)
    return unsafe String(decoding: content, as: UTF8.self)
  }
}
