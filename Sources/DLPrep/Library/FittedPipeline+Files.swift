extension FittedPipeline {
  /// The fitted pipeline that a file holds; its version and hash are checked.
  public init(contentsOf path: String) throws(PrepError) {
    let bytes = try InputFile(path).readAll()
    self = try Artifact.read(bytes, name: path, catalog: standardStages)
  }

  /// Writes the fitted pipeline to a file, which appears whole or not at all.
  public func write(to path: String) throws(PrepError) {
    let outputs = OutputSet()
    let file = try outputs.file(path, isMain: true)
    try file.write(Artifact.write(self))
    try outputs.publish()
  }

  /// Applies the pipeline to a table in a file, block by block, however long it is.
  ///
  /// ```swift
  /// for try await block in try fitted.apply(contentsOf: "new.csv") { print(block.rowCount) }
  /// ```
  public func apply(contentsOf path: String) throws(PrepError) -> AppliedBlocks {
    let table = try TableFile(
      path, as: nil, pipeline.input, keepsPipe: false, temporaryFolder: nil)
    return blocks(of: table.source)
  }
}
