import DLPrepBytes
import DLPrepData
import DLPrepFormats
import Testing

@Suite struct InferenceTests {
  /// Each value by itself, after pipeline-file.md section 3.
  @Test(arguments: [
    ("0", "integer"), ("-0", "integer"), ("+5", "integer"), ("9223372036854775807", "integer"),
    ("-9223372036854775808", "integer"), ("9223372036854775808", "category"),
    ("18446744073709551616", "category"), ("007", "category"), ("-01", "category"),
    ("00", "category"), ("0.5", "float"), (".5", "float"), ("5.", "float"), ("-.5", "float"),
    ("00.5", "category"), ("0.", "float"), ("1e5", "float"), ("1E-5", "float"),
    ("01e5", "category"),
    ("1e", "category"), (".", "category"), ("-", "category"), ("inf", "category"),
    ("nan", "category"), ("0x1F", "category"), ("1_000", "category"), (" 5", "category"),
    ("5 ", "category"), ("５", "category"), ("true", "bool"), ("True", "bool"), ("TRUE", "bool"),
    ("tRue", "category"), ("false", "bool"), ("False", "bool"), ("FALSE", "bool"),
    ("t", "category"), ("yes", "category"), ("2024-02-29", "date"), ("2023-02-29", "category"),
    ("2024-13-01", "category"), ("2024-2-9", "category"), ("20240229", "integer"),
    ("02/03/2024", "category"), ("10000-01-01", "category"), ("2024-W01-1", "category"),
    ("2024-03-31T02:30:00", "timestamp"), ("2024-03-31 02:30", "timestamp"),
    ("2024-03-31T02:30:00+01:00", "timestamp"), ("2024-03-31T02:30:00.5Z", "timestamp"),
    ("2024-06-30T23:59:60Z", "category"), ("2024-01-01T24:00:00", "category"),
    ("2024-01-01 00:00:00.123456000", "timestamp"),
    ("2024-01-01 00:00:00.123456789", "category"), ("2024-01-01t00:00:00", "category"),
  ])
  func oneValueFitsTheNarrowestType(value: String, type: String) {
    var evidence = TypeEvidence()
    evidence.observe(Array(value.utf8).span)
    #expect(evidence.type.dataType.name == type)
  }

  /// What a column comes to, whatever it was guessed to be.
  @Test(arguments: [
    (["1", "2"], "integer"), (["1", "2.5"], "float"), (["1", "true"], "category"),
    (["true", "FALSE"], "bool"), (["2024-01-01", "2024-01-01T00:00"], "category"),
    (["1", "007"], "category"), (["1.5", "18446744073709551616"], "category"),
    (["", "NA"], "float"), (["1", ""], "integer"), (["2024-01-01", ""], "date"),
    (["1.0", "2"], "float"), (["1", "1e3"], "float"),
  ])
  func theGuessDoesNotMatter(values: [String], type: String) throws {
    let guesses: [CellType] = [
      .integer(takesDecimals: false), .float, .bool(lenient: false), .date(format: nil),
      .timestamp(format: nil, timezone: nil), .category, .text,
    ]
    for guess in guesses {
      let text = "a,b\n" + values.map { "\($0),\n" }.joined()
      let (_, evidence, _) = try read(text, [guess], isGuess: true)
      #expect(evidence[0]?.type.dataType.name ?? "float" == type, "guessed \(guess)")
    }
  }

  @Test func aWrongGuessMayEndTheReadingButNotAtANumberThatNoTypeTakes() throws {
    func evidence(_ values: String...) throws -> (evidence: TypeEvidence?, missing: Int) {
      let text = "a,b\n" + values.map { "\($0),\n" }.joined()
      let found = try read(
        text, [.integer(takesDecimals: false)], isGuess: true, mayEndEarly: true)
      return (found.evidence[0], found.block.columns[0].missing.total)
    }
    let decimal = try evidence("1", "2.5", "x", "3")
    #expect(decimal.evidence?.type == .float && decimal.missing == 3)
    let word = try evidence("1e400", "x")
    #expect(word.evidence?.type == .category && word.missing == 2)
    #expect(try evidence("1e400", "2").evidence?.overflow?.code == .cast)
  }

  @Test func aNumberThatNoTypeTakesIsKeptWithItsPlace() throws {
    let (_, evidence, _) = try read(
      "a\n1.5\n1e400\n", [.integer(takesDecimals: false)], isGuess: true)
    let overflow = try #require(evidence[0]?.overflow)
    #expect(overflow.place == Place(file: "<memory>", line: 3, column: 1))
    #expect(overflow.hint == "declare 'a' as text")
    #expect(evidence[0]?.fits == .float)
  }

  @Test func localTimesAreNoted() throws {
    let guess = CellType.timestamp(format: nil, timezone: nil)
    let local = try read("a\n2024-01-01T00:00:00\n", [guess], isGuess: true)
    #expect(local.evidence[0]?.isLocal == true)
    let absolute = try read("a\n2024-01-01T00:00:00Z\n", [guess], isGuess: true)
    #expect(absolute.evidence[0]?.isLocal == false)
  }
}

/// Reads the first columns of a CSV text with the given types, all in one block.
func read(
  _ text: String, _ types: [CellType], isGuess: Bool = false, mayEndEarly: Bool = false,
  _ change: (inout InputOptions) -> Void = { _ in }
) throws(PrepError) -> (block: Block, evidence: [Int: TypeEvidence], source: CSVSource) {
  var options = InputOptions()
  change(&options)
  let source = try CSVSource(bytes: Array(text.utf8), options: options)
  let plan = ReadPlan(
    columns: types.enumerated().map {
      var column = ReadColumn(source: $0, slot: $0, type: $1, isGuess: isGuess)
      column.mayEndEarly = mayEndEarly
      return column
    }, slots: types.count)
  let records = source.makeRecords()
  let block = Block(slots: types.count)
  var evidence: [Int: TypeEvidence] = [:]
  if try source.read(into: records) {
    try records.parse(plan, into: block, evidence: &evidence)
  }
  if try source.read(into: source.makeRecords()) {
    throw PrepError(.internal, "expected one block")
  }
  return (block, evidence, source)
}
