import DLPrepBytes
import DLPrepData
import DLPrepFormats
import Testing

@Suite struct CellTests {
  private func values(_ column: Column) -> [Double?] {
    (0..<column.count).map { column.missing[$0] ? nil : column.floats[$0] }
  }

  /// numbers.expect.json: correctly rounded, or refused.
  @Test func numbersAreExactOrRefused() throws {
    guard let shared = Corpus.shared,
      let bytes = try? Input("\(shared)/corpora/own/csv/numbers.expect.json").readAll(),
      case .array(let cases) = try JSON(parsing: bytes)
    else {
      print("skipped: no corpora beside the package (set DLPREP_SHARED)")
      return
    }
    #expect(cases.count > 30)
    for one in cases {
      let text = try #require(one["text"].text)
      let csv = "n\n\"\(text)\"\n"
      if let bits = one["float64_bits"].text {
        let (block, _, _) = try read(csv, [.float])
        let found = String(block.columns[0].floats[0].bitPattern, radix: 16)
        #expect(String(repeating: "0", count: 16 - found.count) + found == bits, "\(text)")
      } else if text.lowercased() == "nan" {
        #expect(try values(read(csv, [.float]).block.columns[0]) == [nil])
      } else {
        let error = #expect(throws: PrepError.self, "\(text)") {
          _ = try read(csv, [.float]) { $0.nullValues = [] }
        }
        #expect(error?.code == .cast)
        #expect(error?.place?.line == 2)
      }
    }
  }

  @Test func aBadCellIsNamedWithItsPlace() {
    let error = #expect(throws: PrepError.self) {
      _ = try read("name,age\n\"a\nb\",1\nann,abc\n", [.text, .float])
    }
    #expect(
      error?.description
        == "<memory>:4:5: cast: expected float, found 'abc' in column 'age'; "
        + "add 'abc' to null_values, or declare 'age' as text")
    #expect(error?.record == 1)
  }

  @Test func theLowestRowIsReportedThenTheLeftmostColumn() {
    let error = #expect(throws: PrepError.self) {
      _ = try read(
        "a,b,c\n1,1,1\n1,x,y\nz,1,1\n", [.float, .integer(takesDecimals: false), .float])
    }
    #expect(error?.place == Place(file: "<memory>", line: 3, column: 3))
  }

  @Test func infiniteNumbersAreAsTheOptionSays() throws {
    let text = "a\n-inf\nInfinity\n1\n"
    #expect(throws: PrepError.self) { _ = try read(text, [.float]) }
    #expect(
      try values(read(text, [.float]) { $0.infinity = .null }.block.columns[0]) == [nil, nil, 1])
    let kept = try values(read(text, [.float]) { $0.infinity = .keep }.block.columns[0])
    #expect(kept == [-.infinity, .infinity, 1])
    let error = #expect(throws: PrepError.self) {
      _ = try read("a\n1e400\n", [.float]) { $0.infinity = .keep }
    }
    #expect(error?.hint == "declare 'a' as text")
  }

  @Test func integersBecomeFloatsWhereADecimalComesUp() throws {
    let type = CellType.integer(takesDecimals: true)
    let exact = CellType.integer(takesDecimals: false)
    let whole = try read("a\n1\n\n9223372036854775807\n", [exact]).block.columns[0]
    #expect(whole.storage == .integers)
    #expect(whole.integers[2] == .max)
    // Whether a decimal comes up must not decide about a whole number: the block may end before.
    #expect(throws: PrepError.self) { _ = try read("a\n9007199254740993\n", [type]) }
    // It would be rounded to 2^53, which is within the limit.
    #expect(throws: PrepError.self) { _ = try read("a\n9007199254740993.0\n", [type]) }
    let limit = try read("a\n-9007199254740992\n0.5\n", [type]).block.columns[0]
    #expect(values(limit) == [-0x1p53, 0.5])
    let mixed = try read("a\n1\n2.5\nNA\n3\n", [type]).block.columns[0]
    #expect(mixed.storage == .floats)
    #expect(values(mixed) == [1, 2.5, nil, 3])
    let error = #expect(throws: PrepError.self) {
      _ = try read("a\n9007199254740993\n9007199254740994\n2.5\n", [type])
    }
    #expect(error?.place?.line == 2 || error?.place?.line == 3)
    #expect(throws: PrepError.self) { _ = try read("a\n2.5\n", [.integer(takesDecimals: false)]) }
    let long = #expect(throws: PrepError.self) { _ = try read("a\n9223372036854775808\n", [type]) }
    #expect(long?.message.contains("64 bits") == true)
  }

  @Test func declaredTypesTakeMore() throws {
    let text = "f,i,b\n007.5,007,YES\n-0,+1,f\n"
    let block = try read(
      text, [.float, .integer(takesDecimals: false), .bool(lenient: true)]
    ).block
    #expect(values(block.columns[0]) == [7.5, 0])
    #expect(block.columns[0].floats[1].sign == .minus)
    #expect(Array(block.columns[1].integers[0..<2]) == [7, 1])
    #expect(Array(block.columns[2].flags[0..<2]) == [1, 0])
    #expect(throws: PrepError.self) { _ = try read("b\nyes\n", [.bool(lenient: false)]) }
  }

  @Test func markersAreWholeFieldsQuotedOrNot() throws {
    let text = "a,b\n-999,x\n\"-999\",-999\n-9990,\"NA\"\n"
    let block = try read(text, [.integer(takesDecimals: false), .category]) {
      $0.nullValues = [Array("-999".utf8)]
    }.block
    #expect((0..<3).map { block.columns[0].missing[$0] } == [true, true, false])
    #expect((0..<3).map { block.columns[1].missing[$0] } == [false, true, false])
    #expect(block.columns[1].codes[1] == -1)
    #expect(block.columns[1].levels?.strings.count == 2)
  }

  @Test func otherNumberStyles() throws {
    let german: (inout InputOptions) -> Void = {
      $0.delimiter = 59
      $0.decimal = 44
      $0.thousands = 46
    }
    let block = try read(
      "a;b\n1.234,5;1.234\n-0,5;12\n", [.float, .integer(takesDecimals: false)], german
    )
    .block
    #expect(values(block.columns[0]) == [1234.5, -0.5])
    #expect(block.columns[1].integers[0] == 1234)
    for bad in ["1.23,5", "1234.567", ".123", "1,5.000", "1..234"] {
      #expect(throws: PrepError.self, "\(bad)") {
        _ = try read("a;b\n\(bad);1\n", [.float], german)
      }
    }
    let spaced = try read("a\n\"1 234 567\"\n", [.float]) { $0.thousands = 32 }
    #expect(values(spaced.block.columns[0]) == [1_234_567])
    let guessed = try read(
      "a;b\n1.234,5;1\n", [.integer(takesDecimals: false)], isGuess: true, german)
    #expect(guessed.evidence[0]?.type == .float)
  }

  @Test func trimmingLeavesQuotedFieldsAlone() throws {
    let block = try read("a , b\n 1 ,  \" x \"\n NA ,\" y \"\n", [.float, .text]) { $0.trim = true }
    #expect(block.source.columns == ["a", "b"])
    #expect(values(block.block.columns[0]) == [1, nil])
    #expect(block.block.columns[1].text[1] == Array(" y ".utf8))
  }

  @Test func datesInOtherFormatsAndZones() throws {
    let text = "d,t\n31/12/1999,\"Mar 31, 2024 2:30 AM\"\n1/1/70,\"Oct 27, 2024 2:30 AM\"\n"
    let plan: [CellType] = [
      .date(format: "%d/%m/%Y"), .timestamp(format: "%b %d, %Y %I:%M %p", timezone: "Europe/Paris"),
    ]
    let error = #expect(throws: PrepError.self) { _ = try read(text, plan) }
    #expect(error?.place == Place(file: "<memory>", line: 3, column: 1))
    let kept = try read(text, plan) { $0.badRows = .keep }
    #expect(kept.block.columns[0].integers[0] == 10_956)
    #expect(kept.block.columns[0].missing[1])
    #expect(kept.block.columns[1].integers[0] == 1_711_848_600_000_000)
    #expect(kept.block.columns[1].integers[1] == 1_729_989_000_000_000)
    #expect(kept.source.counts.movedTimes == 1)
    #expect(kept.source.counts.ambiguousTimes == 1)
    let unknown = #expect(throws: PrepError.self) {
      _ = try read(text, [.timestamp(format: nil, timezone: "Mars/Base")])
    }
    #expect(unknown?.code == .value)
  }
}
