import DLPrep

/// The pipeline that a fitted one is expected to be made from.
struct Expectation {
  private let file: String
  private let pipeline: Pipeline
  /// The tables that steps look things up in: each step's address and the SHA-256 of its table.
  private let tables: [(step: String, hash: String)]

  /// Reads it from a file: YAML, or a fitted pipeline.
  init(file: String) throws {
    let loaded = try PipelineLoader().load(path: file)
    self.file = file
    pipeline = loaded.pipeline
    tables = loaded.fitted.map(Self.tables) ?? Self.tables(of: loaded.pipeline)
  }

  /// The pipeline as it was read from a file.
  init(_ file: String, _ pipeline: Pipeline) {
    self.file = file
    self.pipeline = pipeline
    tables = Self.tables(of: pipeline)
  }

  private static func tables(of pipeline: Pipeline) -> [(step: String, hash: String)] {
    pipeline.steps.compactMap { step in step.tableHash.map { (step.address, $0) } }
  }

  private static func tables(of fitted: FittedPipeline) -> [(step: String, hash: String)] {
    fitted.steps.compactMap { step in step.tableHash.map { (step.address, $0) } }
  }

  /// An error, after the differences, where the pipeline isn't a fitted one made from it.
  func check(_ path: String?) throws {
    let path = path ?? "-e"
    // As it stands in the file: flags may say how this table is read, and that makes no difference.
    guard path != "-e", let fitted = try PipelineLoader().load(path: path).fitted else {
      throw PrepError(
        .artifact, "expected a fitted pipeline made from \(file), found one that isn't fitted",
        at: Place(file: path), hint: "fit it first")
    }
    if fitted.pipeline.fingerprint != pipeline.fingerprint {
      let difference = LineDifference(
        PipelineFile.text(pipeline.node), PipelineFile.text(fitted.pipeline.node))
      Console.show(difference.text(from: file, to: path))
      throw PrepError(
        .artifact, "expected a fitted pipeline made from \(file), found another one",
        at: Place(file: path), hint: "fit \(file) again, or expect the pipeline it was made from")
    }
    for table in tables {
      let own = fitted.steps.first { $0.address == table.step }?.tableHash
      guard let own, own != table.hash else { continue }
      throw PrepError(
        .artifact,
        "expected a fitted pipeline that looks things up in the table of \(file), of SHA-256 "
          + "\(table.hash.prefix(12)), found another table, of \(own.prefix(12))",
        at: Place(file: path), hint: "fit again", step: table.step)
    }
  }
}
