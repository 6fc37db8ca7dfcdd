/// One run from file to file: what `apply`, `fit` and `convert` do.
public struct Job: Sendable {
  /// How it goes.
  public var settings: RunSettings

  /// A job that goes as the settings say.
  public init(_ settings: RunSettings = RunSettings()) { self.settings = settings }

  /// Applies a pipeline to a table; one that isn't fitted and has to learn learns from that table
  /// and gives its training output.
  ///
  /// The table at `path` may be `-`, standard input; without `output`, or with `-`, the result goes
  /// to standard output. Gives back where every record went.
  @discardableResult
  public func apply(
    _ loaded: LoadedPipeline, to path: String, output: String? = nil
  )
    throws(PrepError) -> Ledger
  {
    let format = try Format.ofOutput(output, stated: settings.to)
    let pipeline = loaded.pipeline
    try checkPart(pipeline)
    try checkPaths(reading: path, writing: output, format)
    let outputs = try RunOutputs(settings)
    var options = settings.run
    options.rejects = outputs.rejects
    options.writesText = format.isText
    options.needsTypes = !format.isText
    let table = try open(path, pipeline.input, mayLearn: loaded.fitted == nil)
    let source = table.source
    let serving = try serving(loaded, source, format)
    let ledger: Ledger
    if let serving {
      table.stopKeeping()
      ledger = try serving.apply(to: source, options) { schema throws(PrepError) in
        try outputs.open(output, format, schema)
      }
      tell(source.notes)
    } else {
      try announceLearning(from: path, pipeline)
      let result = try learned(pipeline, from: source, options)
      ledger = try result.write { schema throws(PrepError) in
        try outputs.open(output, format, schema)
      }
    }
    try table.checkUnchanged()
    report(ledger, outputs, hasSplit: pipeline.split != nil)
    try outputs.publish(ledger)
    return ledger
  }

  /// Learns from a table and writes the fitted pipeline, and the training output where one is asked
  /// for.
  @discardableResult
  public func fit(
    _ pipeline: Pipeline, on path: String, model: String, features: String? = nil
  ) throws(PrepError) -> FittedPipeline {
    try checkPart(pipeline)
    let format = try features.map { path throws(PrepError) in
      try Format.ofOutput(path, stated: settings.to)
    }
    try checkPaths(reading: path, model: model, writing: features, format)
    let outputs = try RunOutputs(settings)
    var options = settings.run
    options.rejects = outputs.rejects
    options.takesProfile = true
    options.writesText = format?.isText ?? false
    let table = try open(path, pipeline.input, mayLearn: true)
    let result = try learned(pipeline, from: table.source, options)
    var ledger = result.ledger()
    if let features, let format {
      ledger = try result.write { schema throws(PrepError) in
        try outputs.open(features, format, schema)
      }
    }
    // The artifact is what matters: it is put in place after all other files.
    let file = try outputs.files.file(model, isMain: features == nil)
    try file.write(Artifact.write(result.fitted))
    try table.checkUnchanged()
    report(ledger, outputs, hasSplit: pipeline.split != nil)
    try outputs.publish(ledger)
    return result.fitted
  }

  /// Opens a table; one that may have to be learned from is kept for a second reading.
  func open(_ path: String, _ input: InputOptions, mayLearn: Bool) throws(PrepError) -> TableFile {
    try TableFile(
      path, as: settings.from, mayLearn ? input.keepingBlocks : input, keepsPipe: mayLearn,
      temporaryFolder: settings.run.temporaryFolder)
  }

  /// What the pipeline has learned from a table, if not too many of its records were refused.
  func learned(
    _ pipeline: Pipeline, from source: any TableSource, _ options: RunOptions
  ) throws(PrepError) -> TrainingResult {
    let result = try pipeline.fitted(to: source, options)
    tell(result.notes)
    warn(result.warnings)
    tell(result.lintFindings)
    let ledger = result.ledger()
    try pipeline.input.checkShare(ofRejected: ledger.rejected, in: ledger.read, source)
    return result
  }

  /// The pipeline as it is applied without learning; nil where it has to learn.
  ///
  /// Types that nobody has declared are learned too, where the result has to know them.
  func serving(
    _ loaded: LoadedPipeline, _ source: any TableSource, _ format: Format
  ) throws(PrepError) -> FittedPipeline? {
    if let fitted = loaded.fitted { return fitted }
    let pipeline = loaded.pipeline
    guard let serving = try pipeline.stateless(for: source, needsTypes: !format.isText) else {
      return nil
    }
    warn(serving.idleSteps)
    return serving
  }

  /// An error where a part is asked for that the pipeline doesn't tell from the rest.
  func checkPart(_ pipeline: Pipeline) throws(PrepError) {
    if settings.run.part == .all || pipeline.split != nil { return }
    throw PrepError(
      .usage, "expected a pipeline with a split to tell the \(settings.run.part) rows, found none",
      at: Place(file: "--part"), hint: "add split: {test: 0.2}, or leave out --part")
  }

  private func announceLearning(from path: String, _ pipeline: Pipeline) throws(PrepError) {
    if settings.isFrozen {
      throw PrepError(
        .frozen, "expected a fitted pipeline, found one that has to learn",
        hint: "fit it first: dlprep fit PIPELINE DATA -o MODEL.dlprep")
    }
    let name = path == "-" ? "standard input" : path
    settings.tell(
      .note("the pipeline isn't fitted: it learns from \(name) and gives its training output"))
  }
}

extension Job {
  /// Reads a table and writes it: typed by all of its values, or every cell as the text it is.
  @discardableResult
  public func convert(
    _ pipeline: Pipeline, _ path: String, output: String? = nil, asText: Bool
  ) throws(PrepError) -> Ledger {
    try checkPart(pipeline)
    var pipeline = pipeline
    if asText { pipeline.input.nullValues = [] }
    let format = try Format.ofOutput(output, stated: settings.to)
    try checkPaths(reading: path, writing: output, format)
    let outputs = try RunOutputs(settings)
    var options = settings.run
    options.rejects = outputs.rejects
    // A table without rows still has its columns.
    options.admitsNoRows = true
    let table = try open(path, pipeline.input, mayLearn: !asText)
    let ledger: Ledger
    if asText, let plain = try pipeline.stateless(for: table.source) {
      ledger = try plain.apply(to: table.source, options) { schema throws(PrepError) in
        try outputs.open(output, format, schema)
      }
      tell(table.source.notes)
    } else {
      let result = try learned(pipeline, from: table.source, options)
      ledger = try result.write { schema throws(PrepError) in
        try outputs.open(output, format, schema)
      }
    }
    try table.checkUnchanged()
    report(ledger, outputs, hasSplit: false)
    try outputs.publish(ledger)
    return ledger
  }
}
