public import DLPrepData

/// Everything a pipeline file says: how to read, the contract, the split, the steps, the output.
public struct Pipeline: Sendable, Equatable {
  /// Shown in reports.
  public var name = "pipeline"
  /// One line on what it is for.
  public var description: String?
  /// What every random choice derives from.
  public var seed: UInt64 = 0
  /// How the bytes of the input are read.
  public var input = InputOptions()
  /// What the data must be.
  public var schema = Contract()
  /// Which rows are kept apart for testing; nil: none.
  public var split: Split?
  /// What is done, in order.
  public var steps: [Step] = []
  /// What is written.
  public var output = OutputOptions()
  /// What `check` isn't to say of it.
  public var lints = LintOptions()

  /// A pipeline that does nothing yet.
  public init() {}

  /// A pipeline of the given stages, addressed by their ids or names.
  public init(_ stages: [any Stage]) {
    var taken = StepAddresses()
    for stage in stages {
      let address = stage.common.id ?? taken.free(for: type(of: stage).name)
      taken.add(address)
      steps.append(Step(stage, address: address))
    }
  }

  /// Adds a stage at the end, under its id or the next free name.
  public mutating func append(
    _ stage: any Stage, place: Place? = nil, places: [String: Place] = [:]
  ) {
    var taken = StepAddresses(steps.map(\.address))
    let address = stage.common.id ?? taken.free(for: type(of: stage).name)
    steps.append(Step(stage, address: address, place: place, places: places))
  }
}
