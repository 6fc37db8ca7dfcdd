import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func model(_ stage: any Stage, _ table: Table) throws -> FittedPipeline {
  try Pipeline([stage]).fitted(to: TableReader(table, blockRows: 2), RunOptions()).fitted
}

/// Some rows of a column, numbered.
private func series(_ values: [Double?], _ rows: Range<Int>? = nil) throws -> Table {
  let rows = rows ?? values.indices
  return try Table(["at": .integer(rows.map { Int64($0) }), "x": .float(Array(values[rows]))])
}

@Test func aWindowEndsBeforeTheRowOrWithIt() throws {
  let table = try series([1, nil, 3, 4, 8])
  var stage = Rolling(["x"]) {
    ($0.statistics, $0.window, $0.minSamples, $0.orderBy) = ([.sum, .count], 2, 1, "at")
  }
  let past = try model(stage, table).apply(table)
  #expect(past.columns.map(\.name) == ["at", "x", "x_sum_2", "x_count_2"])
  #expect(past.values(of: "x_sum_2") == .float([nil, 1, 1, 3, 7]))
  #expect(past.values(of: "x_count_2") == .integer([0, 1, 1, 1, 2]))
  stage.closed = .right
  let whole = try model(stage, table).apply(table)
  #expect(whole.values(of: "x_sum_2") == .float([1, 1, 3, 7, 12]))
  stage.minSamples = nil
  let full = try model(stage, table).apply(table)
  #expect(full.values(of: "x_sum_2") == .float([nil, nil, nil, 7, 12]))
}

@Test func everyStatisticOfAWindow() throws {
  // Polars 2.1: rolling_mean, _std, _min, _max, _sum, _median of 3 rows, min_samples 2.
  let table = try series([2, 4, nil, 9, 1])
  let stage = Rolling(["x"]) {
    ($0.statistics, $0.window, $0.minSamples) = (WindowStatistic.allCases, 3, 2)
    ($0.orderBy, $0.closed) = ("at", .right)
  }
  let out = try model(stage, table).apply(table)
  #expect(out.values(of: "x_mean_3") == .float([nil, 3, 3, 6.5, 5]))
  #expect(out.values(of: "x_min_3") == .float([nil, 2, 2, 4, 1]))
  #expect(out.values(of: "x_max_3") == .float([nil, 4, 4, 9, 9]))
  #expect(out.values(of: "x_sum_3") == .float([nil, 6, 6, 13, 10]))
  #expect(out.values(of: "x_median_3") == .float([nil, 3, 3, 6.5, 5]))
  #expect(out.values(of: "x_count_3") == .integer([1, 2, 2, 2, 2]))
  let squares: [Double] = [2, 2, 12.5, 32]
  let deviations: [Double?] = [nil] + squares.map { $0.squareRoot() }
  #expect(out.values(of: "x_std_3") == .float(deviations))
}

@Test func whatLeavesAWindowLeavesNoTrace() throws {
  // A running sum in floats would keep the rounding errors of the large number, and the infinity.
  var values: [Double?] = [1e300, .infinity, -1e300]
  for row in 0..<200 {
    let value: Double = 0.1 * Double(row % 5)
    values.append(row % 7 == 3 ? nil : value)
  }
  for window in [5, 40] {
    let stage = Rolling(["x"]) {
      ($0.statistics, $0.window, $0.minSamples) = ([.mean, .std, .min, .median], window, 1)
      ($0.orderBy, $0.closed) = ("at", .right)
    }
    let table = try series(values)
    let all = try model(stage, table).apply(table)
    for start in [50, 120] {
      let part = try series(values, start..<start + window)
      let alone = try model(stage, part).apply(part)
      for column in all.columns.dropFirst(2) {
        guard case .float(let whole) = column.values,
          case .float(let own)? = alone.values(of: column.name)
        else { return }
        #expect(
          whole[start + window - 1]?.bitPattern == own[window - 1]?.bitPattern,
          "\(column.name), \(window) rows from \(start)")
      }
    }
  }
}

@Test func allRowsBeforeComeToExactNumbers() throws {
  let table = try Table([
    "g": .category(["a", "b", "a", "a", "b"]), "at": .integer([1, 1, 2, 3, 2]),
    "x": .float([1e16, 7, 1, -1e16, nil]),
  ])
  let stage = Expanding(["x"]) {
    ($0.statistics, $0.groupColumns, $0.orderBy) = (RunningStatistic.allCases, ["g"], "at")
    $0.closed = .right
  }
  let out = try model(stage, table).apply(table)
  // The float sum would have lost the 1.
  let third: Double = 1.0 / 3
  #expect(out.values(of: "x_cumsum") == .float([1e16, 7, 1e16, 1, 7]))
  #expect(out.values(of: "x_cummean") == .float([1e16, 7, 5e15, third, 7]))
  #expect(out.values(of: "x_cummin") == .float([1e16, 7, 1, -1e16, 7]))
  #expect(out.values(of: "x_cummax") == .float([1e16, 7, 1e16, 1e16, 7]))
  #expect(out.values(of: "x_cumcount") == .integer([1, 1, 2, 3, 1]))
  guard case .float(let deviations)? = out.values(of: "x_cumstd") else { return }
  #expect(deviations[0] == nil && deviations[3] == 1e16)
}

@Test func windowsGoOnFromTraining() throws {
  var values: [Double?] = []
  for row in 0..<90 {
    let value = Double(row * 37 % 19) / 7 - 1
    values.append(row % 9 == 4 ? nil : value)
  }
  let whole = try series(values)
  let stages: [any Stage] = [
    Rolling(["x"]) {
      ($0.statistics, $0.window, $0.minSamples) = (WindowStatistic.allCases, 35, 2)
      ($0.orderBy, $0.history) = ("at", .carry)
    },
    Expanding(["x"]) {
      ($0.statistics, $0.orderBy, $0.history) = (RunningStatistic.allCases, "at", .carry)
    },
  ]
  for stage in stages {
    let fitted = try model(stage, series(values, 0..<60))
    let saved = try Artifact.read(
      Artifact.write(fitted), name: "m.dlprep", catalog: standardStages)
    var all = stage
    if var rolling = all as? Rolling {
      rolling.history = .fresh
      all = rolling
    } else if var expanding = all as? Expanding {
      expanding.history = .fresh
      all = expanding
    }
    let expected = try model(all, whole).apply(whole)
    let later = try saved.apply(series(values, 60..<90))
    for (column, values) in zip(expected.columns, later.columns) {
      #expect(values.name == column.name)
      #expect(values.values == column.values.last(30), "\(column.name)")
    }
  }
}

@Test func windowsThatMakeNoSenseAreRefused() {
  #expect(throws: PrepError.self) { try Rolling(["x"]).validate() }
  #expect(throws: PrepError.self) {
    try Rolling(["x"]) { ($0.orderBy, $0.window, $0.minSamples) = ("t", 2, 3) }.validate()
  }
  #expect(throws: PrepError.self) {
    try Expanding(["x"]) { ($0.orderBy, $0.statistics) = ("t", [.sum, .sum]) }.validate()
  }
  #expect(throws: PrepError.self) {
    try Expanding(["x"]) { ($0.orderBy, $0.statistics) = ("t", []) }.validate()
  }
}

extension Table.Values {
  fileprivate func last(_ count: Int) -> Table.Values? {
    switch self {
    case .float(let values): .float(values.suffix(count))
    case .integer(let values): .integer(values.suffix(count))
    default: nil
    }
  }
}
