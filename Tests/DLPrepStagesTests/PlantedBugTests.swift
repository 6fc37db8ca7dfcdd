import DLPrepData
import DLPrepPipeline
import DLPrepTesting
import Testing

/// A stage that can be made to break the contract in one way after the other.
private protocol Planted: ColumnStage where Learned == Double {}

extension Planted {
  static var summary: String { "Adds the largest number." }
  static var commonKeys: CommonKeys { .scaler }
  static var defaultColumns: Selector? { .numeric }
  static var parameters: [Parameter<Self>] { [] }
  func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  func needs(_ field: Field, known: Answers) -> [Statistic] { [.count, .extremes] }
  func learned(from answers: Answers, for field: Field) throws(PrepError) -> Double {
    answers.extremes.max
  }
  func outputs(for field: Field, _ learned: Double?) -> [Output] { [.same(.float)] }
  func validate() throws(PrepError) {
    if common.missing == .category || common.missing == .ignore {
      throw PrepError(.value, "expected keep or error")
    }
  }
  func add(_ number: Double, _ block: Block, _ slots: Slots, _ run: RunContext) {
    let column = block.columns[slots.input]
    column.convertToFloats()
    for row in 0..<column.count {
      column.floats[row] += number
      if column.missing[row] && common.missing == .error {
        run.fail(row, of: block, .unseen, "expected a value")
      }
    }
  }
}

private struct Sound: Planted {
  static let name = "sound"
  var common = Common()
  func kernel(_ learned: Double, for field: Field, _ slots: Slots) -> Kernel {
    { block, run in add(learned, block, slots, run) }
  }
}

private struct LooksAtTheBlock: Planted {
  static let name = "looks_at_the_block"
  var common = Common()
  func kernel(_ learned: Double, for field: Field, _ slots: Slots) -> Kernel {
    { block, run in add(Double(block.count), block, slots, run) }
  }
}

private struct RemembersBlocks: Planted {
  static let name = "remembers_blocks"
  var common = Common()
  func kernel(_ learned: Double, for field: Field, _ slots: Slots) -> Kernel {
    var blocks = 0.0
    return { block, run in
      add(blocks, block, slots, run)
      blocks += 1
    }
  }
}

private struct DropsServedRows: Planted {
  static let name = "drops_served_rows"
  var common = Common()
  func kernel(_ learned: Double, for field: Field, _ slots: Slots) -> Kernel {
    { block, run in
      add(learned, block, slots, run)
      if block.count > 0 { run.drop(0, of: block) }
    }
  }
}

private struct SaysAnotherType: Planted {
  static let name = "says_another_type"
  var common = Common()
  func outputs(for field: Field, _ learned: Double?) -> [Output] {
    [.same(learned == nil ? .integer : .float)]
  }
  func kernel(_ learned: Double, for field: Field, _ slots: Slots) -> Kernel {
    { block, run in add(learned, block, slots, run) }
  }
}

private struct HidesMissing: Planted {
  static let name = "hides_missing"
  var common = Common()
  func kernel(_ learned: Double, for field: Field, _ slots: Slots) -> Kernel {
    { block, _ in block.columns[slots.input].convertToFloats() }
  }
}

private struct MixesKeys: Planted {
  static let name = "mixes_keys"
  static var parameters: [Parameter<Self>] {
    [.init("first", \.first, "One."), .init("second", \.first, "Two")]
  }
  static var examples: [Self] { [Self(.numeric) { $0.first = 2 }] }
  var common = Common()
  var first = 1.0
  func kernel(_ learned: Double, for field: Field, _ slots: Slots) -> Kernel {
    { block, run in add(learned, block, slots, run) }
  }
}

private func broken<S: Stage>(_ stage: S.Type) async -> Set<String> {
  let rules = [
    "names are snake case", "examples are valid", "every key sets its own", "planned schema",
    "have the type", "any blocks and any workers", "any blocks come out", "as its parts do",
    "keeps every row", "saved and loaded", "missing values follow", "no rows are an error",
  ]
  let violations = await StageContract.violations(of: S.self)
  return Set(rules.filter { rule in violations.contains { $0.contains(rule) } })
}

@Test func theSuiteFindsPlantedBugs() async {
  // Only that a fit on no rows is the engine's to refuse, and it does.
  #expect(await broken(Sound.self) == [])
  #expect(
    await broken(LooksAtTheBlock.self)
      == ["any blocks and any workers", "any blocks come out", "as its parts do"])
  #expect(
    await broken(RemembersBlocks.self)
      == ["any blocks and any workers", "any blocks come out"])
  #expect(await broken(DropsServedRows.self).contains("keeps every row"))
  #expect(await broken(SaysAnotherType.self) == ["planned schema"])
  #expect(await broken(HidesMissing.self) == ["missing values follow"])
  #expect(
    await broken(MixesKeys.self)
      == ["names are snake case", "every key sets its own"])
}
