import DLPrepBytes
import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

@Test func rowsAreScaledToLengthOne() async throws {
  let table = try Table(["a": .integer([3, 0, -1]), "b": .float([4, 0, nil])])
  func rows(_ norm: NormalizeRows.Norm) async throws -> Table {
    try await served([NormalizeRows(.numeric) { $0.norm = norm }], table)
  }
  let l2 = try await rows(.l2)
  #expect(near(l2.values(of: "a"), [0.6, 0, -1]))
  #expect(near(l2.values(of: "b"), [0.8, 0, nil]))
  #expect(near(try await rows(.l1).values(of: "a"), [3.0 / 7, 0, -1]))
  #expect(near(try await rows(.max).values(of: "a"), [0.75, 0, -1]))
  await #expect(throws: PrepError.self) {
    try await served([NormalizeRows(.numeric) { $0.common.missing = .error }], table)
  }
  let kept = try await served(
    [NormalizeRows(["b"]) { ($0.common.keepOriginal, $0.common.name) = (true, "{column}_unit") }],
    table)
  #expect(kept.columns.map(\.name) == ["a", "b", "b_unit"])
  #expect(kept.values(of: "b") == .float([4, 0, nil]))
  #expect(near(kept.values(of: "b_unit"), [1, 0, nil]))
}

@Test func productsFollowScikitLearnsOrder() async throws {
  let table = try Table([
    "a": .integer([2, -1]), "b": .float([3, nil]), "c": .float([5, 2]),
  ])
  let square = try await served([Polynomial()], table)
  #expect(
    square.columns.map(\.name) == ["a", "b", "c", "a^2", "a*b", "a*c", "b^2", "b*c", "c^2"])
  #expect(square.values(of: "a") == table.values(of: "a"))
  #expect(square.values(of: "a*b") == .float([6, nil]))
  #expect(square.values(of: "c^2") == .float([25, 4]))
  let cross = try await served(
    [Polynomial(.numeric) { ($0.degree, $0.interactionOnly, $0.bias) = (3, true, true) }], table)
  #expect(
    cross.columns.map(\.name) == ["a", "b", "c", "1", "a*b", "a*c", "b*c", "a*b*c"])
  #expect(cross.values(of: "1") == .float([1, 1]))
  #expect(cross.values(of: "a*b*c") == .float([30, nil]))
  await #expect(throws: PrepError.self) {
    var wide = Table()
    for i in 0..<60 { wide.append("x\(i)", .float([1])) }
    _ = try await served([Polynomial(.numeric) { $0.degree = 4 }], wide)
  }
}

@Test func aColumnThatSaysTheSameAgainIsDropped() throws {
  let table = try Table([
    "a": .integer([1, 2, nil]), "b": .integer([1, 2, 3]), "c": .integer([1, 2, nil]),
    "d": .category(["x", nil, "y"]), "e": .category(["x", nil, "y"]),
    "f": .float([1, 2, nil]), "g": .text(["x", "z", "y"]), "h": .text(["x", "z", "y"]),
  ])
  for blockRows in [1, 2, 3] {
    let fitted = try Pipeline([DropDuplicateColumns()]).fitted(
      to: TableReader(table, blockRows: blockRows), RunOptions()
    ).fitted
    // Later rows may differ: what goes was decided at fit.
    let out = try fitted.apply(Table.oneRow())
    #expect(out.columns.map(\.name) == ["a", "b", "d", "f", "g"])
  }
}

/// Keeps the columns whose values are larger where the target is 1.
private struct KeepRising: BlockStage {
  static let name = "keep_rising"
  static let summary = "Keeps columns that rise with the target."
  static let defaultColumns: Selector? = .numeric
  static let parameters: [Parameter<Self>] = []
  var common = Common()
  var isSupervised: Bool { true }

  struct Summary: BlockSummary {
    var sums: [Double]
    var rows = 0
    mutating func observe(
      _ block: Block, slots: [Int], target: [Double], threads: SpareThreads
    ) {
      rows += target.count
      for (i, slot) in slots.enumerated() {
        let column = block.columns[slot]
        for row in 0..<block.count {
          sums[i] += (target[row] * 2 - 1) * Double(column.integers[row])
        }
      }
    }
    mutating func merge(_ later: Summary) {}
    mutating func needsAnotherSweep(threads: SpareThreads) -> Bool { false }
  }
  struct Fitted: FittedBlockStage, SavedByFields {
    var dropped: [String] = []
    static let fields: [SavedField<Self>] = [.init("dropped", \.dropped)]
    func kernel(_ slots: [Int], made: [Int]) -> Kernel {
      { block, _ in
        // A column that goes may still be read.
        let out = block.columns[made[0]]
        out.prepare(.floats, count: block.count)
        for row in 0..<block.count {
          out.floats[row] = slots.reduce(0) { $0 + Double(block.columns[$1].integers[row]) }
        }
      }
    }
  }
  func accepts(_ field: Field) -> Bool { field.type == .integer }
  func fates(of fields: [Field], _ fitted: Fitted?) -> [Fate] {
    fields.map { field in
      fitted.map { $0.dropped.contains(field.name) ? .dropped : .unchanged } ?? .undecided
    }
  }
  func made(from fields: [Field], _ fitted: Fitted?) -> [Field] {
    fields.isEmpty ? [] : [Field("sum", .float, madeOf: fields)]
  }
  func summary(of fields: [Field], target: Answers.Target?) -> Summary {
    Summary(sums: fields.map { _ in target?.classes.count == 2 ? 0 : -1e9 })
  }
  func fitted(to summary: Summary, _ fields: [Field]) -> Fitted {
    var fitted = Fitted()
    fitted.dropped = zip(fields, summary.sums).filter { $0.1 <= 0 }.map(\.0.name)
    return fitted
  }
}

@Test func aStageAcrossColumnsMayLookAtTheTarget() throws {
  let table = try Table([
    "up": .integer([1, 2, 8, 9]), "down": .integer([9, 8, 2, 1]),
    "y": .bool([false, false, true, true]),
  ])
  var pipeline = supervised([KeepRising()])
  pipeline.schema.columns[0].isRequired = false
  let result = try pipeline.fitted(to: TableReader(table, blockRows: 1), RunOptions())
  let out = try result.fitted.apply(table)
  #expect(out.columns.map(\.name) == ["up", "y", "sum"])
  #expect(out.values(of: "sum") == .float([10, 10, 10, 10]))
  #expect(try result.table() == out)
  let field = try #require(try result.outputSchema().columns.last?.field)
  #expect(field.sources == ["up", "down"] && field.steps == ["keep_rising"])
  #expect(throws: PrepError.self) {
    try Pipeline([KeepRising()]).fitted(to: TableReader(table), RunOptions())
  }
}

@Test func rowsAreScaledByTheirGroup() async throws {
  let table = try Table([
    "g": .category(["a", "a", "b", "b", nil, nil]), "h": .integer([1, 1, 1, 1, 1, 1]),
    "x": .float([1, 3, 10, 30, 5, 5]),
  ])
  let stage = Standardize(["x"]) { $0.groupColumns = ["g", "h"] }
  let fitted = try await Pipeline([stage]).fit(table)
  #expect(near(try fitted.apply(table).values(of: "x"), [-1, 1, -1, 1, 0, 0]))
  let other = try Table([
    "g": .category(["c", "b"]), "h": .integer([1, 1]), "x": .float([9, 50]),
  ])
  // An unseen group goes by all rows: their mean is 9.
  #expect(near(try fitted.apply(other).values(of: "x"), [0, 3]))
  // Keys of another type are refused, and absent ones named.
  await #expect(throws: PrepError.self) {
    try await Pipeline([Standardize(["x"]) { $0.groupColumns = ["no"] }]).fit(table)
  }
  // Scaling all numbers by a number leaves that number alone.
  let all = try await Pipeline([Standardize(.numeric) { $0.groupColumns = ["h"] }]).fit(table)
  #expect(try all.apply(table).values(of: "h") == table.values(of: "h"))
}

extension Table {
  /// A row in which nothing is the same.
  fileprivate static func oneRow() throws -> Table {
    try Table([
      "a": .integer([1]), "b": .integer([2]), "c": .integer([3]), "d": .category(["p"]),
      "e": .category(["q"]), "f": .float([1]), "g": .text(["r"]), "h": .text(["s"]),
    ])
  }
}
