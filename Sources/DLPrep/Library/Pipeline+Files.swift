extension Pipeline {
  /// The pipeline that a file holds, as text in YAML.
  public init(contentsOf path: String) throws(PrepErrors) {
    switch try PipelineLoader().load(path: path) {
    case .unfitted(let pipeline): self = pipeline
    case .fitted(let fitted): self = fitted.pipeline
    }
  }

  /// Learns from a table in a file (CSV, TSV or JSON lines, packed or not), on all processors.
  public func fit(contentsOf path: String) async throws(PrepError) -> FittedPipeline {
    let table = try TableFile(
      path, as: nil, input.keepingBlocks, keepsPipe: true, temporaryFolder: nil)
    let fitted = try fitted(to: table.source, .ofMachine).fitted
    try table.checkUnchanged()
    return fitted
  }
}

extension RunOptions {
  /// All processors, and half of the memory.
  public static var ofMachine: RunOptions {
    var options = RunOptions()
    options.threads = Machine.processors
    options.memory = Machine.memory / 2
    return options
  }
}
