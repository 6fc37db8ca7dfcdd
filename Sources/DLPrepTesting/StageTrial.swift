import DLPrepBytes
import DLPrepData
import DLPrepPipeline

/// One example of a stage, fitted to a plain table, for the rules to try.
struct StageTrial<S: Stage> {
  /// The example.
  let stage: S
  /// What it was fitted to.
  let table: Table
  /// What it is served: the same rows, or later ones, where the stage goes on from training.
  let serving: Table
  /// Whether that is a table of the stage's own.
  let isOwn: Bool
  /// What the fit gave.
  let result: TrainingResult
  /// What comes of `serving`.
  let served: Table

  /// Fits the example to a table with missing values; where that is an error, to one without, or
  /// to ones whose target has classes.
  init(_ stage: S, table: Table?) throws(PrepError) {
    self.stage = stage
    isOwn = table != nil
    let holed = try ContractData.table(holes: true)
    let plain = try ContractData.table(holes: false)
    let others = [plain, try ContractData.classes(of: holed), try ContractData.classes(of: plain)]
    var last: PrepError?
    for table in table.map({ [$0] }) ?? [holed] + others {
      do throws(PrepError) {
        (result, serving, served) = try Self.fit(stage, table)
        self.table = table
        return
      } catch {
        last = last ?? error
      }
    }
    throw last ?? PrepError(.internal, "expected a table")
  }

  private static func fit(
    _ stage: S, _ table: Table
  ) throws(PrepError) -> (TrainingResult, Table, Table) {
    let result = try ContractData.pipeline(stage).fitted(to: TableReader(table), RunOptions())
    let serving = served(stage, table)
    return (result, serving, try result.fitted.apply(serving))
  }

  /// The rows to serve: where the stage goes on from training, they come after those of training.
  static func served(_ stage: S, _ table: Table) -> Table {
    guard let stage = stage as? any SequenceStage, stage.carriesState,
      let order = stage.orderBy, let values = table.values(of: order)
    else { return table }
    switch values {
    case .integer(let numbers):
      let most = numbers.compactMap { $0 }.max() ?? 0
      let least = numbers.compactMap { $0 }.min() ?? 0
      return table.replacing(order, by: .integer(numbers.map { $0.map { $0 - least + most } }))
    case .float(let numbers):
      let most = numbers.compactMap { $0 }.max() ?? 0
      let least = numbers.compactMap { $0 }.min() ?? 0
      return table.replacing(order, by: .float(numbers.map { $0.map { $0 - least + most } }))
    case .bool, .category, .text: return table
    }
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
