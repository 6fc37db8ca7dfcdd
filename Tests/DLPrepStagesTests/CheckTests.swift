import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func message(_ check: Check, _ values: Table.Values) async -> String? {
  do {
    _ = try await served(check, values)
    return nil
  } catch {
    return (error as? PrepError)?.message
  }
}

@Test func everyRuleRefusesWhatBreaksIt() async throws {
  func check(_ set: (inout Check) -> Void) -> Check { Check(["x"], set) }
  let ages = Table.Values.integer([30, nil, 300])
  #expect(
    await message(check { ($0.min, $0.max) = (0, 120) }, ages)
      == "expected at most 120.0, found '300'")
  #expect(await message(check { $0.min = 31 }, ages) == "expected at least 31.0, found '30'")
  #expect(await message(check { $0.max = 300 }, ages) == nil)
  #expect(
    await message(check { $0.notNull = true }, ages) == "expected a value, found a missing one")
  let words = Table.Values.category(["a1", "b2", nil, "a1"])
  #expect(
    await message(check { $0.in = ["a1", "c"] }, words) == "expected one of a1, c, found 'b2'")
  #expect(
    await message(check { $0.notIn = ["b2"] }, words) == "expected another value, found 'b2'")
  #expect(await message(check { $0.match = "^[ab][0-9]$" }, words) == nil)
  #expect(
    await message(check { $0.match = "^a" }, words) == "expected a match of /^a/, found 'b2'")
  #expect(
    await message(check { $0.unique = true }, words)
      == "expected a value that wasn't there before, found 'a1'")
  #expect(await message(check { $0.length = LengthRange(2, 2) }, words) == nil)
  #expect(
    await message(check { $0.length = LengthRange(1, 2) }, .text(["né", "n\u{65}\u{301}"]))
      == "expected a length from 1 to 2, found 'ne\u{301}'")
  #expect(
    await message(check { $0.rowsMin = 4 }, ages) == "expected at least 4 rows, found 3")
  #expect(await message(check { $0.rowsMax = 2 }, ages) == "expected at most 2 rows, found 3")
  #expect(await message(check { $0.in = ["30", "300"] }, ages) == nil)
  #expect(await message(check { $0.in = ["true"] }, .bool([true, nil])) == nil)
}

@Test func whatFailsIsEmptiedRejectedOrOnlyCounted() async throws {
  let values = Table.Values.integer([5, nil, -1, 7])
  func checked(_ onFail: Check.OnFail) async throws -> Table.Values? {
    try await served(Check(["x"]) { ($0.min, $0.onFail) = (0, onFail) }, values)
  }
  #expect(try await checked(.null) == .integer([5, nil, nil, 7]))
  #expect(try await checked(.reject) == .integer([5, nil, 7]))
  #expect(try await checked(.warn) == values)
}

@Test func aRowNamesEveryRuleItBreaks() async throws {
  let check = Check(["x"]) { ($0.in, $0.match) = (["a"], "^[a-c]$") }
  #expect(
    await message(check, .category(["a", "z"]))
      == "expected one of a and a match of /^[a-c]$/, found 'z'")
}

@Test func rulesThatMakeNoSenseAreRefused() {
  func isRefused(_ set: (inout Check) -> Void) -> Bool {
    do throws(PrepError) {
      try Check(["x"], set).validate()
      return false
    } catch {
      return error.code == .value
    }
  }
  #expect(isRefused { ($0.min, $0.max) = (2, 1) })
  #expect(isRefused { $0.match = "(" })
  #expect(isRefused { ($0.rowsMin, $0.onFail) = (1, .null) })
  #expect(isRefused { ($0.notNull, $0.onFail) = (true, .null) })
  #expect(!isRefused { _ in })
}
