extension Job {
  /// Passes on what a reader or a fit has to say, each thing once.
  func tell(_ notes: [String]) {
    var said: Set<String> = []
    for note in notes where said.insert(note).inserted { settings.tell(.note(note)) }
  }

  /// Says what became of the rows, as far as it isn't what anyone would expect.
  func report(
    _ ledger: Ledger, _ outputs: RunOutputs, hasSplit: Bool
  ) {
    for entry in ledger.counts {
      let column = entry.column.isEmpty ? "" : ", column '\(entry.column)'"
      settings.tell(
        .warning("step '\(entry.step)'\(column): \(Self.words(entry.count, entry.kind))"))
    }
    for entry in ledger.dropped {
      settings.tell(.note("step '\(entry.step)' dropped \(Self.rows(entry.count))"))
    }
    if ledger.rejected > 0 {
      let place = settings.rejects.map { " to \($0)" } ?? ""
      settings.tell(
        .warning("\(Self.rows(ledger.rejected)) of \(ledger.read) rejected\(place)"))
    }
    if hasSplit {
      settings.tell(
        .note("\(ledger.trainRows) training and \(Self.rows(ledger.testRows, "test row"))"))
    }
    if outputs.missingInTensor > 0 {
      settings.tell(
        .warning("\(outputs.missingInTensor) missing values became NaN in the tensor"))
    }
    if outputs.isMatrixOnly {
      settings.tell(
        .note("a tensor on standard output is the matrix only: no target, no ids, no feature map"))
    }
  }

  private static func words(_ count: Int, _ kind: String) -> String {
    switch kind {
    case "constant": "all \(count) rows have one value"
    default: "\(count) \(kind)"
    }
  }

  private static func rows(_ count: Int, _ word: String = "row") -> String {
    count == 1 ? "1 \(word)" : "\(count) \(word)s"
  }
}
