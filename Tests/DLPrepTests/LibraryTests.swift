import DLPrep
import FoundationEssentials
import Testing

/// The library as `import DLPrep` gives it.
struct LibraryTests {
  private let folder: Folder
  private static let package = #filePath.split(separator: "/").dropLast(3)
    .reduce("") { "\($0)/\($1)" }

  init() throws { folder = try Folder() }

  private func write(_ text: String, to name: String) throws -> String {
    let outputs = OutputSet()
    try outputs.file("\(folder.path)/\(name)").write(Array(text.utf8))
    try outputs.publish()
    return "\(folder.path)/\(name)"
  }

  @Test func theExampleOfTheReadmeRuns() async throws {
    let new = try write("city,age\nOslo,20\nParis,\nLom,1e1\n", to: "new.csv")
    let (matrix, ages, row, rows) = try await example(
      model: "\(folder.path)/m.dlprep", newTable: new)
    // The median of 28, 34 and 51 is 34, so the mean is 36.75 and the variance 73.6875.
    let scale = 73.6875.squareRoot()
    #expect(matrix.shape == [4, 4])
    #expect(matrix.values[..<4] == [Float((34 - 36.75) / scale), 0, 0, 1])
    #expect(matrix.values[4..<8] == [Float((34 - 36.75) / scale), 1, 0, 0])
    #expect(row == [Float((40 - 36.75) / scale), 0, 1, 0])
    #expect(rows == 3)
    #expect(try ages == Table(["age": .float([-1.2 * scale + 36.75, 0.3 * scale + 36.75])]))
  }

  @Test func theReadmeShowsTheExampleAsItIsCompiled() throws {
    let source = try text("Tests/DLPrepTests/Example.swift")
    let readme = try text("README.md")
    let begins = try #require(source.range(of: "// example begins\n"))
    let ends = try #require(source.range(of: "// example ends"))
    #expect(readme.contains(source[begins.upperBound..<ends.lowerBound]))
  }

  @Test func filesAreFittedAndAppliedAsTablesAre() async throws {
    let path = try write("a;b\n1,5;x\n;y\n2,5;x\n", to: "train.csv")
    let yaml = try write(
      "dlprep: 1\ninput: {decimal: \",\"}\nsteps: [impute: {columns: a}, one_hot: {columns: b}]\n",
      to: "p.yaml")
    let fitted = try await Pipeline(contentsOf: yaml).fit(contentsOf: path)
    var tables: [Table] = []
    for try await block in try fitted.apply(contentsOf: path) { tables.append(block) }
    let expected = try Table([
      "a": .float([1.5, 2, 2.5]), "b=x": .integer([1, 0, 1]), "b=y": .integer([0, 1, 0]),
    ])
    #expect(tables == [expected])
    let inMemory = try Table(["a": .float([1.5, nil, 2.5]), "b": .text(["x", "y", "x"])])
    #expect(try fitted.apply(inMemory) == expected)
  }

  @Test func allProblemsOfAPipelineFileAreThrownTogether() throws {
    let yaml = try write("dlprep: 1\nsteps: [imputt: {}, one_hott: {}]\n", to: "p.yaml")
    let errors = #expect(throws: PrepErrors.self) { try Pipeline(contentsOf: yaml) }
    #expect(errors?.all.map(\.code) == [.unknown, .unknown])
  }

  @Test func memoryAndProcessorsOfTheMachineAreKnown() {
    #expect(Machine.processors >= 1)
    #expect(Machine.memory > 1 << 24)
    #expect(RunOptions.ofMachine.memory == Machine.memory / 2)
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try InputFile("\(Self.package)/\(path)").readAll(), as: UTF8.self)
  }
}

/// A folder that is gone with its owner.
private final class Folder {
  let path = "\(FileManager.default.temporaryDirectory.path)/dlprep-library-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension String {
  fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
