public import DLPrepData

extension FittedPipeline {
  /// Applies the pipeline to a table in memory and gives all columns that come out, whatever their
  /// role; a vector becomes a column for each component, dates become days from 1970-01-01.
  public func apply(_ table: Table) throws(PrepError) -> Table {
    try apply(to: TableReader(table))
  }

  /// The same in blocks of the reader's size, all by one worker.
  package func apply(to source: TableReader) throws(PrepError) -> Table {
    let plan = try ServingPlan(self, for: source)
    var result = TableBuilder(plan.output.columns)
    try ServingWorker(plan, source).forEachBlock { result.append($0) }
    return result.table
  }

  /// Applies the pipeline to a table in memory and gives the features as one matrix, missing as
  /// NaN.
  public func tensor(_ table: Table) throws(PrepError) -> Tensor<Float> {
    let source = TableReader(table)
    let plan = try ServingPlan(self, for: source)
    let features = try FeatureRows(plan.output)
    var values: [Float] = []
    try ServingWorker(plan, source).forEachBlock { block in
      for row in 0..<block.count { features.append(block, row, to: &values) }
    }
    let width = plan.output.featureWidth
    return Tensor(shape: [width == 0 ? 0 : values.count / width, width], values: values)
  }
}

extension FittedPipeline {
  /// Applies the pipeline to one row, given by column name, and puts its features into `buffer`.
  ///
  /// It opens the pipeline anew each time: for many rows keep a `RowApplication`.
  public func apply(row: [String: Cell], into buffer: inout [Float]) throws(PrepError) {
    try RowApplication(self).apply(row: row, into: &buffer)
  }
}

extension Pipeline {
  /// Learns from a table in memory.
  public func fit(_ table: Table) async throws(PrepError) -> FittedPipeline {
    try fitted(to: TableReader(table), RunOptions()).fitted
  }

  /// Learns from a table in memory and gives the training output, whose encodings are out of fold.
  public func fitApply(_ table: Table) async throws(PrepError) -> (FittedPipeline, Table) {
    let result = try fitted(to: TableReader(table), RunOptions())
    return (result.fitted, try result.table())
  }
}

extension TrainingResult {
  /// The training output as a table in memory.
  public func table() throws(PrepError) -> Table {
    var result = TableBuilder(try outputSchema().columns)
    try forEachBlock { result.append($0) }
    return result.table
  }
}
