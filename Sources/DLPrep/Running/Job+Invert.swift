extension Job {
  /// Takes output columns of a fitted pipeline, as a table holds them, back to the input columns
  /// that they come from; all other columns pass.
  ///
  /// The table is read as `input` says: what the pipeline was fitted on may have looked otherwise.
  /// Without a selector all columns are chosen that can be taken back. A `.npy` file holds the
  /// features that the pipeline makes, or as a list its target.
  @discardableResult
  public func invert(
    _ fitted: FittedPipeline, _ path: String, reading input: InputOptions, select: Selector? = nil,
    output: String? = nil
  ) throws(PrepError) -> Ledger {
    var plain = Pipeline()
    plain.input = input
    try checkPart(plain)
    let format = try Format.ofOutput(output, stated: settings.to)
    try checkPaths(reading: path, writing: output, format)
    let outputs = try RunOutputs(settings)
    var options = settings.run
    options.rejects = outputs.rejects
    options.writesText = format.isText
    let table = try opened(path, of: fitted, plain, format, options)
    let back = try fitted.inverted(select, of: table.source, input, types: table.types)
    for note in back.notes { settings.tell(.note(note)) }
    let ledger = try back.pipeline.apply(to: table.source, options) { schema throws(PrepError) in
      try outputs.open(output, format, schema)
    }
    tell(table.source.notes)
    try table.check()
    report(ledger, outputs, hasSplit: false)
    try outputs.publish(ledger)
    return ledger
  }

  /// A table to take back.
  private struct Made {
    var source: any TableSource
    /// The types of columns that pass, as far as they have to be known.
    var types: [String: CellType] = [:]
    /// Fails where the file has changed meanwhile.
    var check: () throws(PrepError) -> Void
  }

  /// Opens a table of what the pipeline has made.
  private func opened(
    _ path: String, of fitted: FittedPipeline, _ plain: Pipeline, _ format: Format,
    _ options: RunOptions
  ) throws(PrepError) -> Made {
    if TensorInput.isMeant(path, stated: settings.from) {
      let array = try TensorInput(path, of: fitted, plain.input).source
      return Made(source: array, check: array.checkUnchanged)
    }
    let table = try open(path, plain.input, mayLearn: !format.isText)
    var made = Made(source: table.source, check: table.checkUnchanged)
    if format.isText { return made }
    // Columns that pass are written by their type, which all of their values tell.
    var options = options
    options.admitsNoRows = true
    for column in try learned(plain, from: made.source, options).fitted.inputs {
      made.types[column.name] = column.type
    }
    made.source = try made.source.restarted() ?? made.source
    return made
  }
}
