import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func cast(_ type: String, _ onError: Cast.OnError = .error) -> Cast {
  var cast = Cast()
  (cast.to, cast.onError) = (["x": type], onError)
  return cast
}

private func refuses(_ type: String, _ values: Table.Values) async -> Bool {
  do {
    _ = try await served(cast(type), values)
    return false
  } catch {
    return (error as? PrepError)?.code == .cast
  }
}

@Test func columnsAreChosenDroppedAndRenamed() async throws {
  let table = try Table(["a": .integer([1]), "b": .integer([2]), "c": .text(["t"])])
  #expect(try await served([Select(["c", "a"])], table).columns.map(\.name) == ["a", "c"])
  #expect(try await served([Drop(["b"])], table).columns.map(\.name) == ["a", "c"])
  var swap = Rename()
  swap.map = ["a": "b", "b": "a"]
  let swapped = try await served([swap], table)
  #expect(swapped.columns.map(\.name) == ["b", "a", "c"])
  #expect(swapped.values(of: "b") == .integer([1]))
  var twice = Rename()
  twice.map = ["a": "c"]
  await #expect {
    _ = try await served([twice], table)
  } throws: { ($0 as? PrepError)?.code == .collision }
}

@Test func typesAreChangedWithoutRounding() async throws {
  #expect(
    try await served(cast("float"), .text(["007.5", "-1e3", nil])) == .float([7.5, -1000, nil]))
  #expect(try await served(cast("integer"), .category(["12", "-3"])) == .integer([12, -3]))
  #expect(try await served(cast("integer"), .float([3, -0.0])) == .integer([3, 0]))
  #expect(try await served(cast("float"), .integer([3, nil])) == .float([3, nil]))
  #expect(try await served(cast("bool"), .text(["Yes", "f", "0"])) == .bool([true, false, false]))
  #expect(try await served(cast("bool"), .integer([1, 0])) == .bool([true, false]))
  #expect(try await served(cast("integer"), .bool([true, nil])) == .integer([1, nil]))
  #expect(try await served(cast("text"), .float([3, 0.1, nil])) == .text(["3.0", "0.1", nil]))
  #expect(try await served(cast("category"), .integer([7, 7])) == .category(["7", "7"]))
  #expect(await refuses("integer", .float([3.5])))
  #expect(await refuses("integer", .float([1e19])))
  #expect(await refuses("float", .integer([9_007_199_254_740_993])))
  #expect(await refuses("float", .text(["inf"])))
  #expect(await refuses("float", .text(["0x10"])))
  #expect(await refuses("float", .text(["1e400"])))
  #expect(await refuses("integer", .text(["9223372036854775808"])))
  #expect(await refuses("bool", .integer([2])))
  #expect(await refuses("date", .text(["2023-02-29"])))
}

@Test func datesAndInstantsAreReadAndWritten() async throws {
  let texts: [String?] = ["2024-02-29", "1969-12-31", nil]
  #expect(try await served(cast("date"), .text(texts)) == .integer([19782, -1, nil]))
  let both = try await served(
    [
      cast("date"),
      {
        var back = cast("text")
        back.common.id = "back"
        return back
      }(),
    ], Table(["x": .text(texts)]))
  #expect(both.values(of: "x") == .text(texts))
  let instants: [String?] = [
    "2024-02-29T12:30:45.250000Z", "2024-02-29 12:30", "2024-02-29T12:30:45+02:00", "1969-12-31",
  ]
  #expect(
    try await served(cast("timestamp"), .text(instants))
      == .integer([
        1_709_209_845_250_000, 1_709_209_800_000_000, 1_709_202_645_000_000, -86_400_000_000,
      ]))
  let printed = try await served(
    [cast("timestamp"), cast("text")], Table(["x": .text(instants)]))
  #expect(
    printed.values(of: "x")
      == .text([
        "2024-02-29T12:30:45.250000Z", "2024-02-29T12:30:00Z", "2024-02-29T10:30:45Z",
        "1969-12-31T00:00:00Z",
      ]))
  await #expect(throws: PrepError.self) {
    _ = try await served([cast("timestamp"), cast("date")], Table(["x": .text(instants)]))
  }
}

@Test func valuesThatDoNotFitBecomeMissingWhereAsked() async throws {
  #expect(
    try await served(cast("integer", .null), .text(["1", "x", nil])) == .integer([1, nil, nil]))
  #expect(
    try await served(cast("integer", .null), .float([1, 1.5])) == .integer([1, nil]))
  #expect(try await served(cast("integer", .reject), .text(["1", "x", "3"])) == .integer([1, 3]))
}

@Test func textIsCleaned() async throws {
  let values: [String?] = ["  New   York\t", "ÉTÉ\u{00A0}", nil, " ", "new york"]
  #expect(
    try await served(CleanText(.type(.text)), .text(values))
      == .text(["New   York", "ÉTÉ", nil, "", "new york"]))
  let all = CleanText(.category) { ($0.case, $0.squeeze) = (.lower, true) }
  #expect(
    try await served(all, .category(values))
      == .category(["new york", "été", nil, "", "new york"]))
  // Bytes decide, not how letters look: both spellings of é stay what they are.
  let both = ["caf\u{E9} ", "cafe\u{301} "]
  guard case .category(let cleaned)? = try await served(CleanText(), .category(both)) else {
    Issue.record("expected categories")
    return
  }
  #expect(cleaned.map { Array(($0 ?? "").utf8).count } == [5, 6])
}

@Test func valuesAreReplacedAsTheMapSays() async throws {
  func mapped(_ rule: MapValues.Else, _ values: Table.Values) async throws -> Table.Values? {
    try await served(
      MapValues(["x"]) { ($0.map, $0.else) = (["a": "b", "1": "one", "true": "yes"], rule) }, values
    )
  }
  #expect(try await mapped(.keep, .category(["a", "b", nil])) == .category(["b", "b", nil]))
  #expect(try await mapped(.null, .text(["a", "c"])) == .text(["b", nil]))
  #expect(try await mapped(.keep, .integer([1, 2])) == .category(["one", "2"]))
  #expect(try await mapped(.null, .bool([true, false])) == .category(["one", nil]))
  await #expect {
    _ = try await mapped(.error, .category(["a", "c"]))
  } throws: { ($0 as? PrepError)?.message.contains("found 'c'") == true }
}
