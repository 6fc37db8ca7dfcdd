import DLPrep

/// The pipeline that a fitted one is expected to be made from.
struct Expectation {
  private let file: String
  private let pipeline: Pipeline

  /// Reads it from a file: YAML, or a fitted pipeline.
  init(file: String) throws {
    self.file = file
    pipeline = try PipelineLoader().load(path: file).pipeline
  }

  /// The pipeline as it was read from a file.
  init(_ file: String, _ pipeline: Pipeline) {
    self.file = file
    self.pipeline = pipeline
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
    if fitted.pipeline.fingerprint == pipeline.fingerprint { return }
    let difference = LineDifference(
      PipelineFile.text(pipeline.node), PipelineFile.text(fitted.pipeline.node))
    Console.show(difference.text(from: file, to: path))
    throw PrepError(
      .artifact, "expected a fitted pipeline made from \(file), found another one",
      at: Place(file: path), hint: "fit \(file) again, or expect the pipeline it was made from")
  }
}
