extension Ledger {
  /// The ledger as `--ledger` writes it, with the profile of the run where there is one.
  func json(_ profile: RunProfile?) -> JSON {
    func entries(_ entries: [Entry]) -> JSON {
      .array(
        entries.map { entry in
          var members = [
            JSON.Member("step", .text(entry.step)),
            JSON.Member("count", .integer(Int64(entry.count))),
          ]
          if !entry.column.isEmpty { members.append(.init("column", .text(entry.column))) }
          members.append(.init("kind", .text(entry.kind)))
          return .object(members)
        })
    }
    let profiled = profile.map { [JSON.Member("profile", $0.json)] } ?? []
    return .object(
      [
        .init("read", .integer(Int64(read))),
        .init("blank_lines", .integer(Int64(blankLines))),
        .init("padded", .integer(Int64(padded))),
        .init("cut", .integer(Int64(cut))),
        .init("made_missing", .integer(Int64(unread))),
        .init("written", .integer(Int64(written))),
        .init("rejected", .integer(Int64(rejected))),
        .init("left_out", .integer(Int64(leftOut))),
        .init("dropped", entries(dropped)),
        .init("added", entries(added)),
        .init("counts", entries(counts)),
        .init("train_rows", .integer(Int64(trainRows))),
        .init("test_rows", .integer(Int64(testRows))),
      ] + profiled)
  }

  /// An internal error where a record is unaccounted for.
  func checkBalance() throws(PrepError) {
    if balances { return }
    let gone = dropped.reduce(0) { $0 + $1.count }
    let come = added.reduce(0) { $0 + $1.count }
    throw PrepError(
      .internal,
      "expected every record to be accounted for, found \(read) read, \(come) added, "
        + "\(written) written, "
        + "\(rejected) rejected, \(leftOut) left out, \(gone) dropped",
      hint: "nothing was written; please report it")
  }
}
