extension Job {
  /// Goes through everything that `apply` would do with a table, and writes nothing.
  ///
  /// - Returns: where every record went, and what would be written.
  public func check(
    _ loaded: LoadedPipeline, _ path: String
  ) throws(PrepError) -> (ledger: Ledger, schema: OutputSchema?) {
    let pipeline = loaded.pipeline
    let table = try open(path, pipeline.input, mayLearn: loaded.fitted == nil)
    var serving = loaded.fitted
    if serving == nil {
      serving = try pipeline.stateless(for: table.source)
      warn(serving?.idleSteps ?? [])
      if serving != nil { tell(pipeline.lintFindings()) }
    }
    var schema: OutputSchema?
    func sink(_ planned: OutputSchema) throws(PrepError) -> any TableSink {
      schema = planned
      return NullSink()
    }
    let ledger: Ledger
    if let serving {
      var options = settings.run
      options.writesText = true
      ledger = try serving.apply(to: table.source, options, into: sink)
      tell(table.source.notes)
    } else {
      let result = try learned(pipeline, from: table.source, settings.run)
      ledger = try result.write(into: sink)
    }
    try ledger.checkBalance()
    return (ledger, schema)
  }

  /// The pipeline as a table makes it: fitted to it, or as it is where there is nothing to learn.
  public func fitted(
    _ loaded: LoadedPipeline, to path: String
  ) throws(PrepError)
    -> FittedPipeline
  {
    if let fitted = loaded.fitted { return fitted }
    let pipeline = loaded.pipeline
    let table = try open(path, pipeline.input, mayLearn: true)
    if let serving = try pipeline.stateless(for: table.source) { return serving }
    return try learned(pipeline, from: table.source, settings.run).fitted
  }
}
