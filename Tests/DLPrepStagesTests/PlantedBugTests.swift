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

private struct ForgetsTheWayBack: Planted {
  static let name = "forgets_the_way_back"
  var common = Common()
  var inverse: Inverse { .exact }
  func kernel(_ learned: Double, for field: Field, _ slots: Slots) -> Kernel {
    { block, run in add(learned, block, slots, run) }
  }
}

private struct LosesMoreThanItSays: Planted {
  static let name = "loses_more_than_it_says"
  var common = Common()
  var inverse: Inverse { .lossy("nothing much") }
  func kernel(_ learned: Double, for field: Field, _ slots: Slots) -> Kernel {
    { block, run in add(learned, block, slots, run) }
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

/// A stage across columns that breaks the contract in one way.
private protocol PlantedBlock: BlockStage where Summary == NoSummary, Fitted == Doubling {}

extension PlantedBlock {
  static var summary: String { "Doubles numbers." }
  static var commonKeys: CommonKeys { [.columns, .name, .keepOriginal] }
  static var defaultColumns: Selector? { .numeric }
  static var parameters: [Parameter<Self>] { [] }
  func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  func fitted(to summary: NoSummary, _ fields: [Field]) throws(PrepError) -> Doubling {
    Doubling()
  }
}

private struct Doubling: FittedBlockStage, SavedByFields {
  static let fields: [SavedField<Self>] = []
  func kernel(_ slots: [Int], made: [Int]) -> Kernel {
    { block, _ in
      for slot in slots {
        let column = block.columns[slot]
        column.convertToFloats()
        for row in 0..<column.count { column.floats[row] *= 2 }
      }
    }
  }
}

private struct ChangesInPlace: PlantedBlock {
  static let name = "changes_in_place"
  var common = Common()
  func fates(of fields: [Field], _ fitted: Doubling?) -> [Fate] {
    fields.map { _ in .changed(.float) }
  }
}

private struct ChangesWhatItOnlyReads: PlantedBlock {
  static let name = "changes_what_it_only_reads"
  var common = Common()
}

private struct DropsUnplanned: PlantedBlock {
  static let name = "drops_unplanned"
  var common = Common()
  func fates(of fields: [Field], _ fitted: Doubling?) -> [Fate] {
    fields.map { _ in fitted == nil ? .changed(.float) : .dropped }
  }
}

/// A stage that forgets its groups, or counts blocks.
private struct CountsBlocks: SequenceStage {
  static let name = "counts_blocks"
  static let summary = "Counts blocks."
  static let parameters: [Parameter<Self>] = []
  static var examples: [Self] { [Self(["f"])] }
  var common = Common()
  var orderBy: String? { "time" }
  func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  func outputs(for field: Field) -> [Output] { [.same(.float)] }
  func start(_ field: Field) -> Double { 0 }
  func work(
    _ block: Block, _ slots: Slots, for field: Field, _ rows: GroupedRows,
    _ states: inout [Double], _ run: RunContext
  ) {
    states[0] += 1
    let column = block.columns[slots.input]
    for row in 0..<block.count { column.floats[row] = states[0] }
  }
}

private func broken<S: Stage>(_ stage: S.Type) async -> Set<String> {
  let rules = [
    "names are snake case", "examples are valid", "every key sets its own", "planned schema",
    "have the type", "any blocks and any workers", "any blocks come out", "as its parts do",
    "keeps every row", "saved and loaded", "kept is unchanged", "missing values follow",
    "no rows are an error", "an exact inverse", "of a lossy inverse",
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
  #expect(await broken(ForgetsTheWayBack.self) == ["an exact inverse"])
  #expect(await broken(LosesMoreThanItSays.self) == ["of a lossy inverse"])
  #expect(
    await broken(MixesKeys.self)
      == ["names are snake case", "every key sets its own"])
}

@Test func theSuiteFindsPlantedBugsAcrossColumnsAndRows() async {
  #expect(await broken(ChangesInPlace.self) == [])
  #expect(await broken(ChangesWhatItOnlyReads.self).contains("kept is unchanged"))
  #expect(await broken(DropsUnplanned.self).contains("planned schema"))
  #expect(
    await broken(CountsBlocks.self) == ["any blocks and any workers", "any blocks come out"])
}
