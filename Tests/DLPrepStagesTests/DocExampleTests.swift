import DLPrepBytes
import DLPrepData
import DLPrepFormats
import DLPrepPipeline
import DLPrepStages
import DLPrepYAML
import Synchronization
import Testing

extension StagePage {
  /// The table that comments of the example show after the step, below its file's name.
  fileprivate func reference(_ file: String) throws -> ReferenceTable {
    let lines = self.file.split(separator: "\n").filter { $0.hasPrefix("# ") }
      .map { $0.dropFirst(2) }
    #expect(lines.first == "\(file):")
    let text = lines.dropFirst().map { $0 + "\n" }.joined()
    let result = try Pipeline().fitted(
      to: try CSVSource(bytes: Array(text.utf8), name: file), RunOptions())
    return ReferenceTable(
      try result.outputSchema().columns.map(\.field), try result.table(), hash: nil
    ) { Place(file: file, line: $0 + 2) }
  }
}

private final class Collected: ByteSink {
  let name = "collected"
  private let bytes = Mutex<[UInt8]>([])
  func write(_ buffer: UnsafeRawBufferPointer) throws(PrepError) {
    bytes.withLock { unsafe $0.append(contentsOf: buffer) }
  }
  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}

@Test func theExampleInEveryDocCommentIsTrue() throws {
  for stage in standardStages.stages {
    let page = try #require(StagePage(of: stage), "\(stage.name): a page lacks something")
    var errors: [PrepError] = []
    let node = PipelineFile.read(bytes: Array(page.file.utf8), name: stage.name, errors: &errors)
    var pipeline = Pipeline.decoded(
      from: try #require(node, "\(stage.name): \(errors)"), catalog: standardStages,
      errors: &errors)
    #expect(errors == [], "\(stage.name)")
    #expect(pipeline.steps.contains { type(of: $0.stage).name == stage.name }, "\(stage.name)")
    for i in pipeline.steps.indices {
      guard var stage = pipeline.steps[i].stage as? any TableStage else { continue }
      try stage.take(page.reference(stage.table))
      pipeline.steps[i].stage = stage
    }
    let source = try CSVSource(bytes: Array(page.before.utf8), name: stage.name)
    do {
      let out = Collected()
      _ = try pipeline.fitted(to: source, RunOptions()).write { schema throws(PrepError) in
        DelimitedSink(schema.columns, to: out)
      }
      #expect(out.text == page.after, "\(stage.name)")
    } catch {
      Issue.record("\(stage.name): \(error)")
    }
  }
}

@Test func everyPageSaysWhoseNumbersTheyAre() throws {
  let others = [
    "scikit-learn", "numpy", "pandas", "Polars", "recipes", "feature-engine", "category_encoders",
    "imbalanced-learn", "skrub", "dplyr", "pandera", "NVTabular", "themis", "textfeatures",
  ]
  for stage in standardStages.stages {
    let page = try #require(StagePage(of: stage), "\(stage.name)")
    #expect(others.contains { page.text.contains($0) }, "\(stage.name): \(page.text)")
    #expect(!page.cost.isEmpty && !page.text.contains("nverse:"), "\(stage.name)")
    #expect(!stage.otherNames.isEmpty || stage.name == "drop", "\(stage.name)")
  }
}

@Test func aDocCommentWithoutItsPartsIsNoPage() {
  let whole =
    "A.\n```yaml\n- a\n```\n```csv\na\n```\nbecomes\n```csv\nb\n```\nIt is.\nCost: none; x."
  #expect(StagePage(docComment: whole)?.text == "It is.")
  #expect(StagePage(docComment: whole)?.cost == "none; x")
  #expect(StagePage(docComment: whole)?.file == "dlprep: 1\nsteps:\n- a\n")
  #expect(StagePage(docComment: whole.replacing("Cost: ", with: "")) == nil)
  #expect(StagePage(docComment: whole.replacing("becomes\n```csv\nb\n```", with: "")) == nil)
}
