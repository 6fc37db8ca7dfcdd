import DLPrepBytes
import DLPrepData
import DLPrepFormats
import Testing

@Suite struct CSVSourceTests {
  @Test func badRowsAreRefusedWithWhereTheyStand() throws {
    let text = "a,b\n1,x\n2\n3,y,z\n\nfour,w\n\"5\",v\n"
    let (block, _, source) = try read(text, [.float, .text]) { $0.badRows = .reject }
    #expect(block.count == 3)
    #expect(block.rows == Rows(numbers: [0, 3, 4]))
    #expect(block.removed?[1] == true)
    block.dropRemoved()
    #expect(block.rows == Rows(numbers: [0, 4]))
    #expect(Array(block.columns[0].floats[0..<2]) == [1, 5])
    #expect(source.counts.records == 5)
    #expect(source.counts.rejected == 3)
    #expect(source.counts.blankLines == 1)
    #expect(source.counts.bytes == text.utf8.count)
  }

  @Test func rejectsSayAllThatIsKnown() throws {
    var options = InputOptions()
    options.badRows = .reject
    let source = try CSVSource(bytes: Array("a,b\n1,x\n2\nq,y\n".utf8), options: options)
    let records = source.makeRecords()
    let block = Block(slots: 1)
    var evidence: [Int: TypeEvidence] = [:]
    #expect(try source.read(into: records))
    let plan = ReadPlan(columns: [ReadColumn(source: 0, slot: 0, type: .float)], slots: 1)
    for _ in 0..<2 { try records.parse(plan, into: block, evidence: &evidence) }
    #expect(
      records.rejects == [
        RejectedRecord(
          file: "<memory>", record: 1, line: 3, byteOffset: 8, code: .ragged,
          message: "expected 2 fields, found 1", bytes: Array("2".utf8)),
        RejectedRecord(
          file: "<memory>", record: 2, line: 4, byteOffset: 10, columnIndex: 0, columnName: "a",
          code: .cast, message: "expected float, found 'q' in column 'a'",
          bytes: Array("q,y".utf8)),
      ])
    #expect(source.counts.rejected == 2)
  }

  @Test func keptRowsArePaddedCutAndBlanked() throws {
    let text = "a,b\n1\n2,x,y\n\"3\"z,w\nq,\u{00}v\n5,\u{E9}\n"
    let (block, _, source) = try read(text, [.float, .text]) { $0.badRows = .keep }
    #expect(block.count == 5)
    let numbers = (0..<5).map { block.columns[0].missing[$0] ? nil : block.columns[0].floats[$0] }
    #expect(numbers == [1, 2, nil, nil, 5])
    let words = (0..<5).map {
      block.columns[1].missing[$0]
        ? nil : String(decoding: block.columns[1].text[$0], as: UTF8.self)
    }
    #expect(words == [nil, "x", "w", nil, "é"])
    #expect(source.counts.rejected == 0)
  }

  @Test func anOpenQuoteEndsEveryRun() {
    for action in BadRowAction.allCases {
      let error = #expect(throws: PrepError.self) {
        _ = try read("a,b\n1,2\n3,\"x\n4,5\n", [.float]) { $0.badRows = action }
      }
      #expect(error?.code == .quote)
      #expect(error?.place == Place(file: "<memory>", line: 3, column: 3))
    }
  }

  @Test func headersAreSniffedAndNamed() throws {
    let notes = try CSVSource(bytes: Array("a;b;\"c,d,e,f\"\r\n1;2;3\n".utf8)).notes
    #expect(notes == ["the delimiter is ';', as the header shows"])
    let tabs = try CSVSource(bytes: Array("a\t\tc\n".utf8))
    #expect(tabs.columns == ["a", "column_2", "c"])
    #expect(tabs.notes.count == 2)
    var options = InputOptions()
    options.header = false
    let plain = try CSVSource(bytes: Array("1,2\n".utf8), options: options)
    #expect(plain.columns == ["column_1", "column_2"])
    options.columns = ["x", "y"]
    let named = try CSVSource(bytes: Array("1,2\n".utf8), options: options)
    #expect(named.columns == ["x", "y"])
    let records = named.makeRecords()
    #expect(try named.read(into: records))
    #expect(records.count == 1)
    options.columns = ["x"]
    let short = try CSVSource(bytes: Array("1,2\n".utf8), options: options)
    let error = #expect(throws: PrepError.self) { _ = try short.read(into: short.makeRecords()) }
    #expect(error?.code == .ragged)
    options.columns = ["x", "x"]
    #expect(throws: PrepError.self) {
      _ = try CSVSource(bytes: Array("1,2\n".utf8), options: options)
    }
  }

  @Test func mixedLineEndsAreNoted() throws {
    let (_, _, source) = try read("a,b\n1,2\r\n3,4\n5,6\r", [.float])
    #expect(source.notes == ["line ends are mixed: LF and CRLF and CR"])
  }

  @Test func commentsAreNoRecordsAndQuotesInThemDoNotCount() throws {
    let text = "# \"head\na,b\n# it's \"odd\n1,2\n#\n3,\"#\"\n"
    let (block, _, _) = try read(text, [.float, .text]) { $0.comment = 35 }
    #expect(block.count == 2)
    #expect(block.columns[1].text[1] == [35])
  }

  @Test func limitsAreToldBeforeTheyAreReached() throws {
    let long = String(repeating: "x", count: 5000)
    for size in [17, 1 << 20] {
      let error = #expect(throws: PrepError.self) {
        _ = try read("a,b\n1,\(long)\n", [.float]) {
          $0.fieldLimit = 4096
          $0.blockBytes = size
        }
      }
      #expect(error?.code == .limit)
      #expect(error?.place == Place(file: "<memory>", line: 2, column: 3))
    }
    let wide = String(repeating: "a,", count: 20)
    let error = #expect(throws: PrepError.self) { _ = try read(wide, []) { $0.columnLimit = 10 } }
    #expect(error?.code == .limit)
    #expect(error?.place?.column == 21)
  }

  @Test func aTableCanBeReadAgainAndRecordsFound() throws {
    let folder = try Folder()
    let path = "\(folder.path)/t.csv"
    let outputs = OutputSet()
    let file = try outputs.file(path)
    let rows = (0..<1000).map { "\($0),\"l1\nl2\"\n" }.joined()
    try file.write(Array("a,b\n\(rows)".utf8))
    try outputs.publish()
    var options = InputOptions()
    options.blockBytes = 256
    let source = try CSVSource(contentsOf: path, options: options)
    let records = source.makeRecords()
    while try source.read(into: records) {}
    #expect(source.counts.records == 1000)
    #expect(
      source.place(ofRecord: 700, column: 1) == Place(file: path, line: 1402, column: 5))
    #expect(source.place(ofRecord: 1000, column: nil) == nil)
    let again = try #require(try source.restarted())
    var count = 0
    while try again.read(into: records) { count += records.count }
    #expect(count == 1000)
  }

  @Test func wholeNumbersOfDatesCorpusParseOrAreRefused() throws {
    // Which lines of corpora/own/csv/dates.csv are dates or instants.
    let lines = [
      "2024-02-29", "2023-02-29", "2024-13-01", "0000-01-01", "9999-12-31", "2024-2-9",
      "1969-12-31T23:59:59Z",
    ]
    let text = "d\n" + lines.joined(separator: "\n") + "\n"
    let (block, _, _) = try read(text, [.date(format: nil)]) { $0.badRows = .reject }
    block.dropRemoved()
    #expect(Array(block.columns[0].integers[0..<block.count]) == [19_782, -719_528, 2_932_896])
  }

  @Test func aTableIsShortIfItsHeaderWasReadWithAllTheRest() throws {
    func isShort(_ text: String, _ blockBytes: Int) throws -> Bool {
      var options = InputOptions()
      options.blockBytes = blockBytes
      return try CSVSource(bytes: Array(text.utf8), options: options).isShort
    }
    #expect(try isShort("a,b\n1,2\n3,4\n", 64))
    #expect(try isShort("a,b\n", 64))
    // A block that is filled to the last byte doesn't tell whether there is more.
    #expect(try !isShort("a,b\n1,2\n3,4\n", 12))
    #expect(try !isShort("a,b\n1,2\n3,4\n5,6\n", 5))
  }
}
