import DLPrepBytes
import DLPrepData
import DLPrepFormats
import Testing

@Suite struct TextWriterTests {
  @Test func csvWritesEveryTypeAndQuotesOnlyWhereNeeded() throws {
    let columns = output([
      Field("n", .integer), Field("x, y", .float), Field("b", .bool), Field("c", .category),
      Field("t", .text), Field("d", .date), Field("s", .timestamp), vector("k", ["a", "b,c"]),
    ])
    let rows = block([
      integers([1, nil, -9_223_372_036_854_775_808]), floats([0.1, 2, nil]),
      flags([true, false, nil]), categories(["a", "x,y", nil]),
      texts(["say \"hi\"", "l1\rl2", nil]), integers([19_782, -719_162, nil]),
      integers([0, 1_711_848_600_000_001, nil]), oneHot([1, -1, nil]),
    ])
    let sink = Collected()
    try write([rows], to: DelimitedSink(columns, to: sink))
    #expect(
      sink.text == """
        n,"x, y",b,c,t,d,s,k=a,"k=b,c"
        1,0.1,1,a,"say ""hi""\",2024-02-29,1970-01-01T00:00:00Z,0,1
        ,2.0,0,"x,y","l1\rl2",0001-01-01,2024-03-31T01:30:00.000001Z,0,0
        -9223372036854775808,,,,,,,,

        """)
  }

  @Test(arguments: [
    (1.0, "1.0"), (0.1, "0.1"), (1e-07, "1e-07"), (-0.0, "-0.0"), (0.0, "0.0"), (1e16, "1e+16"),
    (0.30000000000000004, "0.30000000000000004"), (123456.789, "123456.789"), (1e22, "1e+22"),
    (0.001, "0.001"), (0.0001, "0.0001"), (-2.5, "-2.5"), (999_999_999.999_999, "999999999.999999"),
    (1e9, "1000000000.0"), (.leastNonzeroMagnitude, "5e-324"), (0.1 + 0.7, "0.7999999999999999"),
    (4.000001, "4.000001"), (1.000_000_5, "1.0000005"), (100.05, "100.05"),
  ])
  func floatsAreTheShortestTextThatReadsBack(value: Double, text: String) throws {
    let sink = Collected()
    try write([block([floats([value])])], to: DelimitedSink(output([Field("x", .float)]), to: sink))
    #expect(sink.text == "x\n\(text)\n")
  }

  @Test func quickFloatTextIsThatOfTheStandardLibrary() throws {
    var generator = SystemRandomNumberGenerator()
    let values = (0..<4000).map { i -> Double in
      let scale = [1.0, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7][i % 8]
      let whole = Double.random(in: -1e10...1e10, using: &generator).rounded()
      return whole / scale / 100
    }
    let sink = Collected()
    try write([block([floats(values)])], to: DelimitedSink(output([Field("x", .float)]), to: sink))
    let lines = sink.text.split(separator: "\n").dropFirst()
    for (value, line) in zip(values, lines) { #expect(String(line) == value.description) }
  }

  @Test func anIntegerColumnHeldAsFloatsHasNoPoint() throws {
    let sink = Collected()
    let columns = output([Field("n", .integer)])
    try write([block([floats([3, 3.5, -0.0, nil])])], to: DelimitedSink(columns, to: sink))
    #expect(sink.text == "n\n3\n3.5\n0\n\"\"\n")
  }

  @Test func aLonelyEmptyValueIsNoEmptyLine() throws {
    let sink = Collected()
    try write(
      [block([texts(["", "a"])])], to: DelimitedSink(output([Field("t", .text)]), to: sink))
    #expect(sink.text == "t\n\"\"\na\n")
  }

  @Test func removedRowsAndOtherMarkersAndTabs() throws {
    let rows = block([texts(["a\tb", "c", nil])])
    rows.removed = Bitmap(count: 3)
    rows.removed?[1] = true
    let sink = Collected()
    let writer = DelimitedSink(
      output([Field("t", .text)]), to: sink, delimiter: 9, nullMarker: Array("NA".utf8))
    try write([rows], to: writer)
    #expect(sink.text == "t\n\"a\tb\"\nNA\n")
  }

  @Test func aTableWithoutRowsHasItsHeader() throws {
    let sink = Collected()
    try write([], to: DelimitedSink(output([Field("a", .float), Field("b", .text)]), to: sink))
    #expect(sink.text == "a,b\n")
  }

  @Test func jsonLinesHoldTypedValues() throws {
    let columns = output([
      Field("n", .integer), Field("x\"y", .float), Field("b", .bool), Field("c", .category),
      Field("d", .date), vector("k", ["a", "b"]),
    ])
    let rows = block([
      integers([1, nil]), floats([0.1, nil]), flags([true, nil]), categories(["q\n\"", nil]),
      integers([0, nil]), oneHot([0, nil]),
    ])
    let sink = Collected()
    try write([rows], to: JSONLSink(columns, to: sink))
    #expect(
      sink.text == #"""
        {"n":1,"x\"y":0.1,"b":true,"c":"q\n\"","d":"1970-01-01","k=a":1,"k=b":0}
        {"n":null,"x\"y":null,"b":null,"c":null,"d":null,"k=a":null,"k=b":null}

        """#)
    let infinite = JSONLSink(output([Field("x", .float)]), to: Collected())
    #expect(throws: PrepError.self) { try write([block([floats([.infinity])])], to: infinite) }
  }

  @Test func whatIsWrittenReadsBack() throws {
    let values = ["plain", "a,b", "\"", "\r", "\n", "\r\n", " x ", "#", "\u{FEFF}y", "é"]
    let columns = output([Field("a", .text), Field("\u{FEFF}b", .text)])
    let sink = Collected()
    try write(
      [block([texts(values), texts(values.reversed())])], to: DelimitedSink(columns, to: sink))
    let source = try CSVSource(bytes: sink.all)
    #expect(source.columns == ["a", "\u{FEFF}b"])
    let records = source.makeRecords()
    let back = Block(slots: 2)
    var evidence: [Int: TypeEvidence] = [:]
    #expect(try source.read(into: records))
    let plan = ReadPlan(
      columns: [0, 1].map { ReadColumn(source: $0, slot: $0, type: .text) }, slots: 2)
    try records.parse(plan, into: back, evidence: &evidence)
    #expect((0..<values.count).map { back.columns[0].text[$0] } == values.map { Array($0.utf8) })
  }
}
