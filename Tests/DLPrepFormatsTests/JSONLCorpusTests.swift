import DLPrepBytes
import DLPrepData
import DLPrepFormats
import Testing

@Suite struct JSONLCorpusTests {
  @Test(arguments: [17, 64, 4096, 1 << 20])
  func everyCaseGivesItsTableOrItsError(blockBytes: Int) throws {
    guard let corpus = Corpus(["jsonl"]) else { return }
    #expect(corpus.cases.count > 35)
    for one in corpus.cases {
      if blockBytes < 1 << 20, one.path.hasSuffix("gz") || one.id.contains("late") { continue }
      var options = InputOptions()
      options.blockBytes = blockBytes
      options.nullValues = []
      let reading = Reading { () throws(PrepError) in
        try JSONLSource(contentsOf: one.path, options: options)
      }
      let note = "\(one.id) in blocks of \(blockBytes): \(reading.error as Any)"
      if reading.error?.message.hasPrefix("expected plain or gzip data") == true { continue }
      if let error = one.error {
        #expect(reading.error?.code.name == error, "\(note)")
        if let line = one.line { #expect(reading.error?.place?.line == line, "\(note)") }
        if let column = one.column { #expect(reading.error?.place?.column == column, "\(note)") }
      } else {
        #expect(reading.error == nil, "\(note)")
        #expect(reading.rows == one.rows, "\(note)")
        if let hash = one.hash { #expect(reading.hash == hash, "\(note)") }
        if let header = one.header { #expect(reading.header == header, "\(note)") }
      }
    }
  }

  @Test func valuesKeepTheirTypesAndPlaces() throws {
    let text = """
      {"a": 1, "b": "x", "c": true}
      {"b": "\\u00e9", "a": 2.5}

      {"c": null, "a": "oops", "b": ""}

      """
    let source = try JSONLSource(bytes: Array(text.utf8))
    #expect(source.columns == ["a", "b", "c"])
    let plan = ReadPlan(
      columns: [
        ReadColumn(source: 0, slot: 0, type: .float), ReadColumn(source: 1, slot: 1, type: .text),
        ReadColumn(source: 2, slot: 2, type: .bool(lenient: false)),
      ], slots: 3)
    let records = source.makeRecords()
    let block = Block(slots: 3)
    var evidence: [Int: TypeEvidence] = [:]
    #expect(try source.read(into: records))
    let error = #expect(throws: PrepError.self) {
      try records.parse(plan, into: block, evidence: &evidence)
    }
    #expect(error?.place == Place(file: "<memory>", line: 4, column: 18))
    #expect(block.columns[0].floats[1] == 2.5)
    let words = ReadPlan(columns: [ReadColumn(source: 1, slot: 0, type: .text)], slots: 1)
    try records.parse(words, into: block, evidence: &evidence)
    #expect(block.columns[0].text[1] == Array("é".utf8))
    #expect(block.columns[0].missing[2])
  }

  @Test func brokenLinesAreRefusedWithTheirNumbers() throws {
    var options = InputOptions()
    options.badRows = .reject
    let text = "{\"a\":1}\n{\"a\":\n{\"a\":x}\n{\"a\":4}\n"
    let source = try JSONLSource(bytes: Array(text.utf8), options: options)
    let records = source.makeRecords()
    let block = Block(slots: 1)
    var evidence: [Int: TypeEvidence] = [:]
    #expect(try source.read(into: records))
    let plan = ReadPlan(columns: [ReadColumn(source: 0, slot: 0, type: .float)], slots: 1)
    try records.parse(plan, into: block, evidence: &evidence)
    #expect(records.rejects.map(\.line) == [2, 3])
    #expect(records.rejects.map(\.byteOffset) == [8, 14])
    block.dropRemoved()
    #expect(block.rows == Rows(numbers: [0, 3]))
    #expect(source.counts.rejected == 2)
  }
}
