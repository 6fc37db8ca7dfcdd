import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func left(_ stage: any Stage, _ table: Table) async throws -> [String] {
  let fitted = try await Pipeline([stage]).fit(table)
  let names = try fitted.apply(table).columns.map(\.name)
  // Serving drops what the fit has found, whatever comes.
  #expect(try fitted.apply(table.firstRow).columns.map(\.name) == names)
  return names
}

extension Table {
  fileprivate var firstRow: Table {
    var table = Table()
    for (name, values) in columns {
      switch values {
      case .integer(let v): table.append(name, .integer(Array(v.prefix(1))))
      case .float(let v): table.append(name, .float(Array(v.prefix(1))))
      case .bool(let v): table.append(name, .bool(Array(v.prefix(1))))
      case .category(let v): table.append(name, .category(Array(v.prefix(1))))
      case .text(let v): table.append(name, .text(Array(v.prefix(1))))
      }
    }
    return table
  }
}

@Test func columnsOfOneValueGo() async throws {
  let table = try Table([
    "a": .integer([1, 2, 3]), "b": .category(["x", "x", "x"]), "c": .float([5, nil, 5]),
    "d": .float([nil, nil, nil]), "e": .bool([true, true, false]), "f": .float([0, -0.0, 0]),
    "g": .text(["same", "same", "same"]),
  ])
  #expect(try await left(DropConstant(), table) == ["a", "e"])
  #expect(
    try await left(DropConstant(.all) { $0.countMissing = true }, table) == ["a", "c", "e"])
}

@Test func columnsOfNearlyOneValueGoAsInRecipes() async throws {
  // recipes 1.3 R/nzv.R: first / second > freq_cut and 100 · distinct / rows <= unique_cut, or one
  // value, or none.
  func counts(_ counts: [Int]) -> [String?] {
    let values = counts.enumerated().flatMap {
      Array(repeating: "v\($0.offset)", count: $0.element)
    }
    return values + Array(repeating: nil, count: 100 - values.count)
  }
  let table = try Table([
    "above": .category(counts([96, 4])), "at": .category(counts([95, 5])),
    "gaps": .category(counts([20, 1])), "one": .category(counts([7])),
    "none": .category(counts([])), "many": .category(counts([88] + Array(repeating: 1, count: 12))),
    "ten": .category(counts([91] + Array(repeating: 1, count: 9))),
    "number": .float(counts([96, 4]).map { $0.flatMap { Double($0.dropFirst()) } }),
  ])
  #expect(try await left(DropNearConstant(), table) == ["at", "many"])
  #expect(
    try await left(DropNearConstant(.all) { $0.freqRatio = 18.9 }, table) == ["many"])
  #expect(
    try await left(DropNearConstant(.all) { $0.uniquePercent = 13 }, table) == ["at"])
  #expect(
    try await left(DropNearConstant(.all) { $0.uniquePercent = 1 }, table)
      == ["above", "at", "gaps", "many", "ten", "number"])
}

@Test func columnsWithTooManyGapsGo() async throws {
  let table = try Table([
    "half": .integer([1, nil, 2, nil]), "more": .text([nil, "a", nil, nil]),
    "full": .bool([true, true, false, true]),
  ])
  #expect(try await left(DropMissingColumns(), table) == ["half", "full"])
  #expect(
    try await left(DropMissingColumns(.all) { $0.maxShare = 0 }, table) == ["full"])
  #expect(
    try await left(DropMissingColumns(.all) { $0.maxShare = 0.75 }, table)
      == ["half", "more", "full"])
}

@Test func vectorsPassByWithTheirNames() async throws {
  let table = try Table(["a": .category(["x", "x", "y"]), "b": .integer([1, 1, 1])])
  for stage: any Stage in [DropConstant(), DropNearConstant(), DropMissingColumns()] {
    let fitted = try await Pipeline([OneHot(["a"]), stage]).fit(table)
    let out = try fitted.apply(table)
    #expect(out.columns.map(\.name).prefix(2) == ["a=x", "a=y"])
    #expect(try fitted.tensor(Table(["a": .category(["y"]), "b": .integer([4])])).values[1] == 1)
  }
}

@Test func columnsThatAreNamedComeFirst() async throws {
  let table = try Table([
    "a": .integer([1]), "b": .text(["t"]), "c": .float([0.5]), "d": .bool([true]),
  ])
  #expect(try await left(Reorder(["d", "b"]), table) == ["d", "b", "a", "c"])
  #expect(try await left(Reorder(.numeric), table) == ["a", "c", "b", "d"])
  let out = try await served([Reorder(["d", "b"])], table)
  #expect(out.values(of: "b") == .text(["t"]) && out.values(of: "d") == .bool([true]))
  await #expect {
    _ = try await served([Reorder(["d", "z"])], table)
  } throws: { ($0 as? PrepError)?.message.contains("'z'") == true }
}
