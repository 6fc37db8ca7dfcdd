extension Job {
  /// Takes output columns of a fitted pipeline, as a table holds them, back to the input columns
  /// that they come from; all other columns pass.
  ///
  /// The table is read as `input` says: what the pipeline was fitted on may have looked otherwise.
  /// Without a selector all columns are chosen that can be taken back.
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
    let table = try open(path, input, mayLearn: !format.isText)
    var source = table.source
    var types: [String: CellType] = [:]
    if !format.isText {
      // Columns that pass are written by their type, which all of their values tell.
      options.admitsNoRows = true
      for column in try learned(plain, from: source, options).fitted.inputs {
        types[column.name] = column.type
      }
      source = try source.restarted() ?? source
    }
    let back = try fitted.inverted(select, of: source, input, types: types)
    for note in back.notes { settings.tell(.note(note)) }
    let ledger = try back.pipeline.apply(to: source, options) { schema throws(PrepError) in
      try outputs.open(output, format, schema)
    }
    tell(source.notes)
    try table.checkUnchanged()
    report(ledger, outputs, hasSplit: false)
    try outputs.publish(ledger)
    return ledger
  }
}
