import DLPrepBytes
public import DLPrepData

extension Pipeline {
  /// Learns everything the steps have to know from a source, and keeps the training output.
  ///
  /// The source is read once, twice where a guessed type turned out wrong; it must be one that can
  /// be read again, unless every column's type is declared.
  public func fitted(
    to source: any TableSource, _ options: RunOptions
  ) throws(PrepError)
    -> TrainingResult
  {
    let cache = ColumnCache(memory: options.cacheBytes, folder: options.temporaryFolder)
    let keys = Set(steps.flatMap(\.stage.keyColumns) + [split?.key].compactMap { $0 }).sorted()
    var types = try InputTypes(self, source)
    if !options.needsTypes { types.readPassingAsText() }
    var asText = output.passthrough
    if options.writesText {
      asText += types.inputs.filter(\.passesAsRead).map(\.name).filter { !asText.contains($0) }
    }
    let copies: [(name: String, type: CellType)] =
      keys.map { ($0, .category) } + asText.map { (name: Self.copyKey($0), type: .text) }
    let reader = TrainingReader(
      self, cache, options, copies: keys.map { ($0, .category) } + asText.map { ($0, .text) })
    let read = try reader.read(source, types)
    let count = read.rows.reduce(0) { $0 + $1.count }
    if count == 0, !options.admitsNoRows {
      throw PrepError(
        .fit, "expected rows to learn from, found 0 rows", at: Place(file: source.name))
    }

    let splitting = Splitting(pipeline: self, cache: cache)
    let time = read.inputs.firstIndex { $0.role == .time }.map { read.columns[$0] }
    let key = split?.key.flatMap { keys.firstIndex(of: $0) }.map {
      read.columns[read.inputs.count + $0]
    }
    let decision = try splitting.decide(read.rows, key: key, time: time)
    let divided = try Fit.inParallel(read.columns, options.threads) { parts in
      Result { () throws(PrepError) in try splitting.divide(parts, decision.tests) }
    }
    var columns: [TrainingColumn] = []
    for (slot, divided) in divided.enumerated() {
      let (train, test) = try divided.get()
      let field =
        slot < read.inputs.count
        ? read.inputs[slot].field : Field(copies[slot - read.inputs.count].name, .text)
      columns.append(TrainingColumn(field, train: train, test: test))
    }
    let asRead = columns[read.inputs.count...]
    let table = TrainingTable(
      cache: cache, columns: Array(columns[..<read.inputs.count]),
      rows: Self.divide(read.rows, decision.tests),
      copies: Dictionary(
        zip(copies.map(\.name), asRead), uniquingKeysWith: { first, _ in first }))
    if table.rows.trainCount == 0, count > 0 {
      throw PrepError(
        .fit, "expected training rows, found 0 rows outside of the test part", at: split?.place)
    }

    options.profile?.name(steps.map(\.address))
    let watch = StopWatch(options.profile)
    let profile = options.takesProfile ? try ColumnProfile.all(of: table, options.threads) : []
    if options.takesProfile { watch.lap(.describe, rows: table.rows.trainCount) }
    watch.stop()
    var evidence = try LintEvidence(self, table)
    var fit = Fit(self, options, table)
    do throws(PrepError) {
      try fit.run()
    } catch {
      throw error.placed(in: read.source)
    }
    let fitted = FittedPipeline(
      pipeline: self, inputs: read.inputs, steps: fit.steps, classes: fit.classes,
      splitCutoff: decision.cutoff, profile: profile, trainingRows: fit.table.rows.trainCount)
    evidence.conclude(fit)
    let result = try TrainingResult(
      fitted, fit, read.source, options, notes: read.source.notes + read.notes,
      warnings: read.warnings + fit.warnings, lintFindings: lintFindings(evidence))
    // What serving would refuse to write, such as too many columns, is refused before it is saved.
    _ = try result.outputSchema()
    return result
  }

  /// The name under which the text of a column travels beside the column itself.
  static func copyKey(_ name: String) -> String { "\u{0}" + name }

  private static func divide(_ rows: [Rows], _ tests: [[Bool]]) -> TrainingRows {
    var divided = TrainingRows(train: [], test: [])
    for (rows, tests) in zip(rows, tests) {
      if tests.contains(true) {
        divided.train.append(rows.gathered(tests.indices.filter { !tests[$0] }))
        divided.test.append(rows.gathered(tests.indices.filter { tests[$0] }))
      } else {
        divided.train.append(rows)
        divided.test.append(Rows(first: rows.first, count: 0))
      }
    }
    return divided
  }
}

extension PrepError {
  /// The same error with the place of the record it is about.
  func placed(in source: any TableSource) -> PrepError {
    guard let record, place == nil else { return self }
    var error = self
    let index = column.flatMap { source.columns.firstIndex(of: $0) }
    error.place = source.place(ofRecord: record, column: index) ?? Place(file: source.name)
    return error
  }
}
