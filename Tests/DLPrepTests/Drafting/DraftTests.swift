import DLPrep
import Synchronization
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `dlprep init`: what is drafted can be read, sets off no lint, and works on the table as it is.
struct DraftTests {
  @Test(arguments: ["churn.csv.gz", "housing.csv", "sensors.csv"])
  func theDraftOfASampleWorks(_ name: String) throws {
    try expectWorking("\(Self.root)/SampleData/\(name)")
  }

  @Test(arguments: [
    "adult-test.csv", "adult-train.csv", "ames.csv", "auto_imports.csv", "credit_data.csv",
    "horse-colic.csv", "loans_full_schema.csv", "nycflights.csv", "penguins_raw.csv", "taxis.csv",
    "titanic.csv",
  ])
  func theDraftOfARealTableWorks(_ name: String) throws {
    var folders = ["\(Self.root)/../shared", "\(Self.root)/../../shared"]
    if let set = unsafe getenv("DLPREP_SHARED") {
      folders.insert(unsafe String(cString: set), at: 0)
    }
    let paths = folders.map { "\($0)/data/\(name)" }
    guard let path = paths.first(where: { unsafe access($0, R_OK) == 0 }) else {
      print("skipped: no shared/data/\(name) beside the package, and DLPREP_SHARED names none")
      return
    }
    // The first rows are enough, and quick.
    let bytes = try InputFile(path).readAll(limit: 64 << 20)
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).prefix(1500)
    try withTable(String(decoding: Array(lines.joined(separator: [10])), as: UTF8.self) + "\n") {
      try expectWorking($0)
    }
  }

  @Test(arguments: [
    "a\n1\n", "a\nx\n", "a,b\n1,\n2,\n3,\n", "a\n" + String(repeating: "7\n", count: 30),
    "k\n" + (0..<60).map { "w\($0)\n" }.joined(),
    "a: b,\"# c\",- d,\"[e]\",null,yes,\"q\"\"q\",größe,日本 語,'s,\"{x: y}\",*star,!no,&and,~,0123,?\n"
      + (0..<60).map { i in
        "\(i),x\(i % 3),\(i % 2),,z,\(i),a b,1.5,b,c,d\(i % 4),1,2,3,4,\(i * i),"
          + "\(i % 5)\n"
      }.joined(),
    "y,missing_one\n" + (0..<80).map { "\($0 % 2),\($0 % 4 == 0 ? "missing" : "")\n" }.joined(),
    "t,v\n" + (0..<80).map { "2024-01-\($0 % 9 + 10)T0\($0 % 9):00:00,\"a\nb \($0)\"\n" }.joined(),
    "y,copy\n" + (0..<90).map { "\($0),\($0 * 2)\n" }.joined(),
    "flag,y\n" + (0..<90).map { "\(["true", "false", ""][$0 % 3]),\($0 % 7)\n" }.joined(),
  ])
  func theDraftOfANastyTableWorks(_ table: String) throws {
    try withTable(table) { try expectWorking($0) }
  }

  @Test func aTableOfThousandsOfColumnsIsDrafted() throws {
    let header = (0..<3000).map { "c\($0)" }.joined(separator: ",")
    let rows = (0..<20).map { row in
      (0..<3000).map { "\((row * 7 + $0 * 13) % 101)" }.joined(separator: ",")
    }
    try withTable(([header] + rows).joined(separator: "\n") + "\n") { path in
      let draft = try draft(path)
      #expect(draft.contains("lints: {ignore: [wide_output]}"))
      #expect(draft.utf8.count < 100_000)
    }
  }

  @Test func aTableWithoutRowsIsRefused() throws {
    try withTable("a,b\n") { path in
      let error = #expect(throws: PrepError.self) { try draft(path) }
      #expect(error?.message == "expected rows to learn from, found 0 rows")
    }
  }

  @Test func theEvidenceIsCounted() throws {
    // Of 100 ages 20 are missing, 3 of 97 amounts lie far out, and 2 markers mean missing.
    let rows = (0..<100).map { i -> String in
      let age = i % 5 == 0 ? "" : "\(20 + i % 30)"
      let amount = i < 3 ? "?" : i < 6 ? "9\(i)" : "\(10 + i % 4)"
      return "P\(100 + i),\(age),\(amount),\(["a", "b", "c"][i % 3]),\(i % 2)\n"
    }
    let table = "patient_id,age,amount,kind,churned\n" + rows.joined()
    try withTable(table) { path in
      let draft = try draft(path)
      for line in [
        "# '?' seems to mean missing: 'amount' 3.",
        "# 21 to 49, 20.0 % missing",
        "patient_id: {role: id} ",
        "churned:    {type: bool, role: target}  # a guess by its name; 2 classes: '0' (50.0 %), '1' (50.0 %)",
        "  # 'amount': 3 values beyond 3 IQR (3.1 %)", "columns: [amount], method: iqr, factor: 3",
        "  # 'age': 20.0 % missing", "- one_hot: {columns: [kind]}",
        "split: {method: hash, test: 0.2}",
      ] {
        #expect(draft.contains(line), "\(line)\n\(draft)")
      }
    }
  }

  @Test func theTargetMayBeStated() throws {
    let table = "price,size\n" + (0..<60).map { "\($0 * 3 % 17),\($0 % 7)\n" }.joined()
    try withTable(table) { path in
      let job = Job()
      let draft = try job.draft(path, reading: Pipeline(), target: "size")
      #expect(draft.contains("size:  {type: integer, role: target}"))
      let error = #expect(throws: PrepError.self) {
        try job.draft(path, reading: Pipeline(), target: "sise")
      }
      #expect(error?.hint == "did you mean 'size'?")
    }
  }

  @Test func aCopyOfTheTargetIsLeftOut() throws {
    let table = "y,copy,z\n" + (0..<90).map { "\($0),\($0 * 2),\($0 * 37 % 11)\n" }.joined()
    try withTable(table) { path in
      let draft = try draft(path)
      #expect(draft.contains("copy: {role: ignore}"))
      #expect(draft.contains("says the same as the target"))
    }
  }

  private static let root = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

  private func draft(_ path: String) throws -> String {
    try Job().draft(path, reading: Pipeline())
  }

  /// The draft can be read, no lint has anything to say of it, and what it learns can be applied.
  private func expectWorking(_ path: String) throws {
    let warnings = Warnings()
    var settings = RunSettings()
    settings.tell = { if case .warning(let text) = $0 { warnings.add(text) } }
    let draft = try Job(settings).draft(path, reading: Pipeline())
    #expect(!warnings.all.contains { $0.contains("doesn't fit") }, "\(warnings.all)")
    let loaded = try PipelineLoader().load(Array(draft.utf8), name: "draft.yaml")
    var errors: [PrepError] = []
    _ = loaded.pipeline.planned(errors: &errors)
    #expect(errors == [], "\(draft)")
    // What is silenced for the data's sake must not be found unused without them.
    #expect(loaded.pipeline.lintFindings().map(\.description) == [], "\(draft)")
    let source = try source(path, loaded.pipeline)
    let result = try loaded.pipeline.fitted(to: source, RunOptions())
    #expect(result.lintFindings.map(\.description) == [], "\(draft)")
    let ledger = try result.fitted.apply(to: try self.source(path, loaded.pipeline), RunOptions()) {
      schema in
      #expect(
        schema.columns.allSatisfy { $0.field.role != .feature || !$0.field.type.isTextual },
        "\(draft)")
      return CountingSink()
    }
    #expect(ledger.read == ledger.written && ledger.read > 0)
  }

  private func source(_ path: String, _ pipeline: Pipeline) throws -> any TableSource {
    try CSVSource(contentsOf: path, options: pipeline.input, keepsPipe: true)
  }

  private func withTable(_ text: String, _ body: (String) throws -> Void) throws {
    let path = "/tmp/dlprep-draft-\(getpid())-\(UInt32.random(in: .min ... .max)).csv"
    let outputs = OutputSet()
    try outputs.file(path).write(Array(text.utf8))
    try outputs.publish()
    defer { _ = unsafe unlink(path) }
    try body(path)
  }
}

/// Takes rows and forgets them.
private final class CountingSink: TableSink {
  let outputs = 0
  let takesAnyOrder = false
  func makeEncoder() -> any BlockEncoder { Encoder() }
  func write(_ encoded: borrowing EncodedBlock, firstRow: Int) throws(PrepError) {}
  func finish(rows: Int) throws(PrepError) {}

  private final class Encoder: BlockEncoder {
    func encode(_ block: Block, into encoded: inout EncodedBlock) throws(PrepError) {
      block.dropRemoved()
      encoded.rows = block.count
    }
  }
}

/// What was warned of on the way.
private final class Warnings: Sendable {
  private let texts = Mutex<[String]>([])
  var all: [String] { texts.withLock { $0 } }
  func add(_ text: String) { texts.withLock { $0.append(text) } }
}
