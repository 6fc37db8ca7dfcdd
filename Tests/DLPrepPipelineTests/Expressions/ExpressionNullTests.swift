import DLPrepData
import DLPrepPipeline
import Testing

private let flags = Given.bools(
  "a", [true, true, true, false, false, false, nil, nil, nil])
private let others = Given.bools(
  "b", [true, false, nil, true, false, nil, true, false, nil])

/// The tables of SQL and dplyr.
@Test func logicKnowsThreeValues() throws {
  #expect(
    try evaluated("a and b", [flags, others]).values
      == ["true", "false", "null", "false", "false", "false", "null", "false", "null"])
  #expect(
    try evaluated("a or b", [flags, others]).values
      == ["true", "true", "true", "true", "false", "null", "true", "null", "null"])
  #expect(try evaluated("not a", [flags]).values.suffix(4) == ["true", "null", "null", "null"])
}

@Test func nullPropagates() throws {
  let x = Given.integers("x", [1, nil])
  let t = Given.categories("t", ["a", nil])
  for text in ["x + 1", "x * 2.0", "-x", "x > 0", "x in (1)", "abs(x)", "min(x, 2)", "hash(x)"] {
    #expect(try evaluated(text, [x]).values[1] == "null", "\(text)")
  }
  for text in ["lower(t)", "length(t)", "concat(t, 'b')", "matches(t, '')", "t == 'a'"] {
    #expect(try evaluated(text, [t]).values[1] == "null", "\(text)")
  }
  #expect(try evaluated("is_null(x)", [x]).values == ["false", "true"])
  #expect(try evaluated("coalesce(x, 0)", [x]).values == ["1", "0"])
  #expect(try evaluated("if(is_null(t), 'none', t)", [t]).values == ["a", "none"])
}

@Test func conditionsThatAreNull() throws {
  let a = Given.bools("a", [true, false, nil])
  #expect(try evaluated("if(a, 1, 2)", [a]).values == ["1", "2", "null"])
  #expect(try evaluated("case(a, 1, 2)", [a]).values == ["1", "2", "2"])
  #expect(try evaluated("case(a, 1)", [a]).values == ["1", "null", "null"])
}

@Test func integersDoNotOverflow() throws {
  let x = Given.integers("x", [.max, .min, 3, nil])
  let cases = [
    ("x + 1", ["null", "\(Int64.min + 1)", "4", "null"], 1),
    ("x - 1", ["\(Int64.max - 1)", "null", "2", "null"], 1),
    ("x * 2", ["null", "null", "6", "null"], 2),
    ("-x", ["\(-Int64.max)", "null", "-3", "null"], 1),
    ("abs(x)", ["\(Int64.max)", "null", "3", "null"], 1),
    ("x % -1", ["0", "0", "0", "null"], 0),
  ]
  for (text, values, lost) in cases {
    let found = try evaluated(text, [x])
    #expect(found.values == values, "\(text)")
    #expect(found.lost == (lost == 0 ? [:] : ["overflow": lost]), "\(text)")
  }
}

@Test func whatIsNoNumberIsMissing() throws {
  let x = Given.floats("x", [0, -1, 1e308, nil, 4])
  #expect(
    try evaluated("1 / x", [x])
      == Evaluated(
        values: ["null", "-1.0", "1e-308", "null", "0.25"], lost: ["divisionByZero": 1]))
  #expect(try evaluated("5 % integer(x % 2)", [x]).lost["divisionByZero"] == 3)
  #expect(try evaluated("log(x)", [x]).lost == ["noNumber": 2])
  #expect(try evaluated("sqrt(x)", [x]).values == ["0.0", "null", "1e+154", "null", "2.0"])
  #expect(try evaluated("x * 10", [x]).lost == ["noNumber": 1])
  #expect(try evaluated("exp(x)", [x]).lost == ["noNumber": 1])
}

@Test func whatIsGuardedIsNotCounted() throws {
  let x = Given.integers("x", [0, 2, nil])
  let guarded = [
    "if(x == 0, 0.0, 1 / x)", "case(x == 0, 0.0, 1 / x)", "coalesce(if(x == 0, 0.0, 1 / x), 9)",
    "if(x != 0 and 1 / x > 0.1, 1.0, 0.0)", "if(x == 0 or 1 / x > 0.1, 1.0, 0.0)",
    "coalesce(x + 0.0, 1 / (x * 0))",
  ]
  for text in guarded.dropLast() { #expect(try evaluated(text, [x]).lost == [:], "\(text)") }
  let y = Given.integers("y", [1, 0])
  #expect(try evaluated("coalesce(y + 0.0, 1 / y)", [y]).lost == [:])
}

@Test func integersThatComeWithDecimalsKeepTheirRows() throws {
  // The row beside one with decimals is worked out as it is alone.
  let alone = Given.integers("x", [7, 3])
  let beside = Given.decimals("x", [7, 3, 2.5, nil])
  for text in [
    "x * 2", "x % 2", "x / 2", "hash(x)", "x > 2", "if(x > 5, x, 0)", "x * 3037000500 * x",
  ] {
    let expected = try evaluated(text, [alone]).values.map { Double($0).map { "\($0)" } ?? $0 }
    let found = try evaluated(text, [beside]).values
    let numbers = found.map { Double($0).map { "\($0)" } ?? $0 }
    #expect(Array(numbers.prefix(2)) == expected, "\(text)")
    #expect(found[3] == "null", "\(text)")
  }
  #expect(try evaluated("x * 2", [beside]).values == ["14.0", "6.0", "5.0", "null"])
  #expect(try evaluated("x > 2", [beside]).values == ["true", "true", "true", "null"])
  // Whole numbers only: integers as ever.
  #expect(try evaluated("x * 2", [.decimals("x", [7, 3])]).values == ["14", "6"])
  // days() takes whole numbers only.
  let day = Given.dates("d", [0, 0, 0, 0])
  #expect(try evaluated("d + days(x)", [day, beside]).values == ["7", "3", "null", "null"])
}

@Test func categoriesAndTextGiveTheSame() throws {
  let values = ["Ab", nil, "naïve", "", "Ab", " x "]
  let expressions = [
    "lower(t)", "length(t)", "trim(t)", "concat(t, '-', t)", "replace(t, 'A', 'z')",
    "slice(t, 1, 2)", "contains(t, 'b')", "t == 'Ab'", "t < 'b'", "t in ('Ab', '')",
    "coalesce(t, 'none')", "if(length(t) > 2, t, 'short')", "hash(t)", "matches(t, '^[A-Z]')",
    "case(t == 'Ab', 'x', t)", "upper(concat('<', t, '>'))",
  ]
  for text in expressions {
    let category = try evaluated(text, [.categories("t", values)])
    #expect(try evaluated(text, [.texts("t", values)]) == category, "\(text)")
  }
}

@Test func aDictionaryThatGrowsOrChangesIsFollowed() throws {
  var program = ExpressionProgram([Field("t", .category)])
  try program.append("result", "concat(lower(t), if(t == 'B', '!', '?'))")
  let compiled = program.open(.init())[0]
  let frame = EvaluationFrame()
  let first = Given.categories("t", ["A", "B"])
  let levels = try #require(first.column.levels)
  frame.columns = [first.column]
  frame.count = 2
  #expect(compiled.evaluate(frame).printed == ["a?", "b!"])
  first.column.codes = [levels.intern("C"), 0]
  #expect(compiled.evaluate(frame).printed == ["c?", "a?"])
  frame.columns = [Given.categories("t", ["Z", "B", nil]).column]
  frame.count = 3
  #expect(compiled.evaluate(frame).printed == ["z?", "b!", "null"])
}
