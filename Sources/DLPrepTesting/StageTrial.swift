import DLPrepBytes
import DLPrepData
import DLPrepPipeline

/// One example of a stage, fitted to a plain table, for the rules to try.
struct StageTrial<S: Stage> {
  /// The example.
  let stage: S
  /// What it was fitted to.
  let table: Table
  /// What the fit gave.
  let result: TrainingResult
  /// What serving gives for the same rows.
  let served: Table

  /// Fits the example to a table with missing values; where that is an error, to one without.
  init(_ stage: S, table: Table?) throws(PrepError) {
    self.stage = stage
    let holed = try ContractData.table(holes: true)
    let first = table ?? holed
    do throws(PrepError) {
      (result, served) = try Self.fit(stage, first)
      self.table = first
    } catch {
      if table != nil { throw error }
      self.table = try ContractData.table(holes: false)
      (result, served) = try Self.fit(stage, self.table)
    }
  }

  private static func fit(
    _ stage: S, _ table: Table
  ) throws(PrepError) -> (TrainingResult, Table) {
    let result = try ContractData.pipeline(stage).fitted(to: TableReader(table), RunOptions())
    return (result, try result.fitted.apply(table))
  }

  /// The fitted pipeline.
  var fitted: FittedPipeline { result.fitted }

  /// The columns that the step acted on.
  var acted: [String] { fitted.steps[0].columns }

  /// The artifact and the training output of a fit in blocks of some rows on some workers.
  func fit(blockRows: Int, threads: Int) throws(PrepError) -> (artifact: [UInt8], output: Table) {
    var options = RunOptions()
    options.threads = threads
    let result = try ContractData.pipeline(stage).fitted(
      to: TableReader(table, blockRows: blockRows), options)
    return (try Artifact.write(result.fitted), try result.table())
  }

  /// The same example with its shared keys changed, fitted to the same table.
  func changed(_ change: (inout S) -> Void) throws(PrepError) -> FittedPipeline {
    var stage = stage
    change(&stage)
    try stage.validate()
    return try ContractData.pipeline(stage).fitted(to: TableReader(table), RunOptions()).fitted
  }
}
