extension Job {
  /// Passes on what a reader or a fit has to say, each thing once.
  func tell(_ notes: [String]) {
    var said: Set<String> = []
    for note in notes where said.insert(note).inserted { settings.tell(.note(note)) }
  }

  /// Passes on what may be wrong.
  func warn(_ warnings: [String]) {
    for warning in warnings { settings.tell(.warning(warning)) }
  }

  /// Passes on what lints have found.
  func tell(_ findings: [LintFinding]) {
    for finding in findings { settings.tell(.lint(finding)) }
  }

  /// Says what became of the rows, as far as it isn't what anyone would expect.
  func report(
    _ ledger: Ledger, _ outputs: RunOutputs, hasSplit: Bool
  ) {
    for warning in Self.warnings(of: ledger.counts) { settings.tell(.warning(warning)) }
    for entry in ledger.dropped {
      settings.tell(.note("step '\(entry.step)' dropped \(Self.rows(entry.count))"))
    }
    for entry in ledger.added {
      settings.tell(.note("step '\(entry.step)' added \(Self.rows(entry.count))"))
    }
    if ledger.rejected > 0 {
      let place = settings.rejects.map { " to \($0)" } ?? ""
      settings.tell(
        .warning("\(Self.rows(ledger.rejected)) of \(ledger.read) rejected\(place)"))
    }
    let kept = [
      (ledger.padded, "with too few fields padded"), (ledger.cut, "with too many fields cut"),
    ].filter { $0.0 > 0 }.map { "\(Self.rows($0.0)) \($0.1)" }
    let cells = ledger.unread == 1 ? "1 cell" : "\(ledger.unread) cells"
    let all = kept + (ledger.unread > 0 ? ["\(cells) made missing"] : [])
    if !all.isEmpty {
      settings.tell(.warning("bad rows kept: \(all.joined(separator: ", "))"))
    }
    if hasSplit {
      settings.tell(
        .note("\(ledger.trainRows) training and \(Self.rows(ledger.testRows, "test row"))"))
    }
    if outputs.missingInTensor > 0 {
      settings.tell(
        .warning("\(outputs.missingInTensor) missing values became NaN in the tensor"))
    }
    for note in outputs.missingInArrays { settings.tell(.warning(note)) }
    if outputs.isMatrixOnly {
      settings.tell(
        .note("a tensor on standard output is the matrix only: no target, no ids, no feature map"))
    }
  }

  /// A line for each count; one for all columns of a step where there are many.
  static func warnings(of counts: [Ledger.Entry]) -> [String] {
    var groups: [[Ledger.Entry]] = []
    var numbers: [[String]: Int] = [:]
    for entry in counts {
      let key = [entry.step, entry.kind]
      if let number = numbers[key] {
        groups[number].append(entry)
      } else {
        numbers[key] = groups.count
        groups.append([entry])
      }
    }
    return groups.flatMap { group in
      group.count > 4 ? [line(for: group)] : group.map { line(for: [$0]) }
    }
  }

  private static func line(for group: [Ledger.Entry]) -> String {
    let step = "step '\(group[0].step)'"
    guard group.count > 1 else {
      let column = group[0].column.isEmpty ? "" : ", column '\(group[0].column)'"
      return "\(step)\(column): \(words(group[0].count, group[0].kind))"
    }
    let columns = shortList(group.map(\.column))
    // Of a constant column all rows are counted: a sum over columns would mean nothing.
    if group[0].kind == "constant" { return "\(step): columns \(columns) have one value each" }
    let total = group.reduce(0) { $0 + $1.count }
    return "\(step), columns \(columns): \(words(total, group[0].kind))"
  }

  private static func words(_ count: Int, _ kind: String) -> String {
    switch kind {
    case "constant": "all \(count) rows have one value"
    case "at a bound": "the best lambda lies beyond the bounds"
    default: "\(count) \(kind)"
    }
  }

  private static func rows(_ count: Int, _ word: String = "row") -> String {
    count == 1 ? "1 \(word)" : "\(count) \(word)s"
  }
}
