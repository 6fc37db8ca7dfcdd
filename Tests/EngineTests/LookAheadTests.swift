import DLPrepBytes
import DLPrepData
import DLPrepFormats
import DLPrepPipeline
import DLPrepStages
import Synchronization
import Testing

private final class Written: ByteSink {
  let name = "<written>"
  private let bytes = Mutex<[UInt8]>([])
  func write(_ more: UnsafeRawBufferPointer) { bytes.withLock { unsafe $0 += more } }
  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
}

private final class Refused: RejectSink {
  private let records = Mutex<[RejectedRecord]>([])
  func reject(_ more: [RejectedRecord]) { records.withLock { $0 += more } }
  var lines: [String] {
    records.withLock { $0.map { "\($0.line) \(String(decoding: $0.bytes, as: UTF8.self))" } }
  }
}

/// Rows of two groups with gaps; row 7 is refused before anything is filled, row 11 afterwards.
private let table: String = {
  var text = "g,at,x,name\n"
  for row in 1...40 {
    let x = row % 5 == 0 || row == 37 ? "\(row * row)" : row == 7 ? "-1" : ""
    let name = row % 9 == 0 ? "n\(row)" : ""
    text += "\(row % 2 == 0 ? "a" : "b"),\(row),\(x),\(name)\n"
  }
  return text
}()

private let filling: Pipeline = {
  var before = Check(["x"])
  (before.min, before.onFail) = (0, .reject)
  var after = Check(["x"])
  (after.min, after.onFail) = (26, .reject)
  let backward = Fill(["name"]) { ($0.direction, $0.limit, $0.orderBy) = (.backward, 6, "at") }
  let line = Interpolate(["x"]) { ($0.groupColumns, $0.orderBy) = (["g"], "at") }
  let last = Fill(["x"]) { ($0.direction, $0.groupColumns, $0.orderBy) = (.backward, ["g"], "at") }
  return Pipeline([before, backward, line, Lag(["x"]) { $0.orderBy = "at" }, last, after])
}()

private func source(_ text: String, blockBytes: Int) throws -> CSVSource {
  var options = InputOptions()
  (options.blockBytes, options.badRows) = (blockBytes, .reject)
  return try CSVSource(bytes: Array(text.utf8), options: options)
}

private func served(
  _ fitted: FittedPipeline, blockBytes: Int
) throws -> (csv: String, rejects: [String], ledger: Ledger) {
  let (bytes, refused) = (Written(), Refused())
  var options = RunOptions()
  (options.threads, options.rejects) = (3, refused)
  let ledger = try fitted.apply(to: source(table, blockBytes: blockBytes), options) { schema in
    DelimitedSink(schema.columns, to: bytes)
  }
  return (bytes.text, refused.lines, ledger)
}

@Test func whatWaitsForLaterRowsIsTheSameForAnyBlocks() throws {
  let fitted = try filling.fitted(to: source(table, blockBytes: 64), RunOptions()).fitted
  let whole = try served(fitted, blockBytes: 1 << 16)
  #expect(whole.ledger.balances)
  #expect(whole.rejects.contains { $0.hasPrefix("8 b,7,-1") })
  #expect(whole.rejects.count > 2)
  let lines = whole.csv.split(separator: "\n")
  // In group b 25 at 5 and 225 at 15; in group a 100 at 10 and 400 at 20.
  #expect(lines.contains("b,13,185.0,160.0,n18"))
  #expect(lines.first == "g,at,x,x_lag1,name")
  for blockBytes in [1, 17, 60, 200] {
    let cut = try served(fitted, blockBytes: blockBytes)
    #expect(cut.csv == whole.csv, "\(blockBytes) bytes a block")
    #expect(cut.rejects == whole.rejects, "\(blockBytes) bytes a block")
    #expect(cut.ledger == whole.ledger, "\(blockBytes) bytes a block")
  }
  for blockBytes in [17, 1 << 16] {
    let again = try filling.fitted(to: source(table, blockBytes: blockBytes), RunOptions())
    #expect(try Artifact.write(again.fitted) == Artifact.write(fitted))
    let bytes = Written()
    _ = try again.write { schema in DelimitedSink(schema.columns, to: bytes) }
    #expect(bytes.text == whole.csv)
  }
}

@Test func aRowThatWaitsForTooLongIsNamed() throws {
  let text = "at,x\n1,1\n2,\n3,\n4,\n5,\n6,3\n"
  var errors: Set<String> = []
  for blockBytes in [1, 4, 9, 1000] {
    let fill = Fill(["x"]) { ($0.direction, $0.orderBy, $0.rowsAhead) = (.backward, "at", 3) }
    let enough = Fill(["x"]) { ($0.direction, $0.orderBy, $0.rowsAhead) = (.backward, "at", 4) }
    let bounded = Fill(["x"]) {
      ($0.direction, $0.orderBy, $0.rowsAhead, $0.limit) = (.backward, "at", 3, 2)
    }
    let error = #expect(throws: PrepError.self) {
      try Pipeline([fill]).fitted(to: source(text, blockBytes: blockBytes), RunOptions())
    }
    errors.insert("\(error.map(\.description) ?? "")")
    let fitted = try Pipeline([enough]).fitted(
      to: source(text, blockBytes: blockBytes), RunOptions()
    ).fitted
    let longer = "at,x\n1,1\n2,\n3,\n4,\n5,\n6,\n7,3\n"
    let other = #expect(throws: PrepError.self) {
      try fitted.apply(to: source(longer, blockBytes: blockBytes), RunOptions()) { schema in
        DelimitedSink(schema.columns, to: Written())
      }
    }
    errors.insert("\(other.map(\.description) ?? "")")
    #expect(throws: Never.self) {
      try Pipeline([bounded]).fitted(to: source(text, blockBytes: blockBytes), RunOptions())
    }
  }
  #expect(errors.count == 2)
  #expect(errors.allSatisfy { $0.contains(":3") && $0.contains("limit") }, "\(errors)")
}

@Test func singleRowsHaveNoLaterOnes() throws {
  let fitted = try filling.fitted(to: source(table, blockBytes: 64), RunOptions()).fitted
  let error = #expect(throws: PrepError.self) { try RowApplication(fitted) }
  #expect(error?.code == .usage)
  #expect(error?.step == "fill")
}

@Test func blocksThatWereHeldBackComeAsTables() async throws {
  let numbers = try Table([
    "at": .integer([1, 2, 3, 4, 5]), "x": .float([nil, 2, nil, nil, 8]),
  ])
  let fitted = try Pipeline([Interpolate(["x"]) { $0.orderBy = "at" }]).fitted(
    to: TableReader(numbers), RunOptions()
  ).fitted
  var found: [Double?] = []
  for try await block in fitted.blocks(of: TableReader(numbers, blockRows: 2)) {
    guard case .float(let values)? = block.columns.last?.values else { continue }
    found += values
  }
  #expect(found == [nil, 2, 4, 6, 8])
}
