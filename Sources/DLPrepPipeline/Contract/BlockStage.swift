public import DLPrepData

/// What a block stage gathers from the training rows, block by block; merges in row order.
public protocol BlockSummary: Sendable {
  /// Takes in a block, whose chosen columns stand in `slots`.
  mutating func observe(_ block: Block, slots: [Int])
  /// Takes over what was gathered from later rows.
  mutating func merge(_ later: Self)
  /// Whether the rows are needed once more.
  mutating func needsAnotherSweep() -> Bool
}

/// The summary of a stage that learns nothing.
public struct NoSummary: BlockSummary {
  /// Nothing gathered.
  public init() {}
  /// Looks at nothing.
  public mutating func observe(_ block: Block, slots: [Int]) {}
  /// There is nothing to merge.
  public mutating func merge(_ later: NoSummary) {}
  /// Never.
  public mutating func needsAnotherSweep() -> Bool { false }
}

/// What a block stage has become after the fit.
public protocol FittedBlockStage: Savable {
  /// Opens the work: called once per worker, its result once per block. `slots` are the chosen
  /// columns, `made` the new ones.
  func kernel(_ slots: [Int], made: [Int]) -> Kernel
}

/// A stage across columns or rows.
public protocol BlockStage: Stage {
  /// What it gathers.
  associatedtype Summary: BlockSummary
  /// What it becomes.
  associatedtype Fitted: FittedBlockStage
  /// Whether it can take a column of this type.
  func accepts(_ field: Field) -> Bool
  /// New columns, which come last.
  func made(from fields: [Field], _ fitted: Fitted?) throws(PrepError) -> [Field]
  /// An empty summary for the chosen columns.
  func summary(of fields: [Field]) -> Summary
  /// What it has learned.
  func fitted(to summary: Summary, _ fields: [Field]) throws(PrepError) -> Fitted
}

extension BlockStage {
  /// No new columns.
  public func made(from fields: [Field], _ fitted: Fitted?) throws(PrepError) -> [Field] { [] }
}

extension BlockStage where Summary == NoSummary {
  /// Gathers nothing.
  public func summary(of fields: [Field]) -> NoSummary { NoSummary() }
}

/// A stage that only arranges columns: it reads no value.
public protocol StructureStage: Stage {
  /// Which columns stay, in which order and by which name.
  func arranged(
    _ fields: [Field], selected: [Int]
  ) throws(PrepError) -> [(index: Int, name: String)]
}
