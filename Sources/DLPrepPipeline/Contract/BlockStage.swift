public import DLPrepData

/// What a block stage gathers from the training rows, block by block; merges in row order.
///
/// Heavy work can be shared with `threads`, column by column or otherwise; what is gathered must not
/// depend on it.
public protocol BlockSummary: Sendable {
  /// Takes in a block, whose chosen columns stand in `slots`.
  ///
  /// `target` holds each row's target as a number, or the position of its class; it is empty
  /// unless the stage is supervised.
  mutating func observe(
    _ block: Block, slots: [Int], target: [Double], threads: SpareThreads)
  /// Takes over what was gathered from later rows.
  mutating func merge(_ later: Self)
  /// Ends a sweep over the rows; whether they are needed once more.
  mutating func needsAnotherSweep(threads: SpareThreads) -> Bool
}

/// The summary of a stage that learns nothing.
public struct NoSummary: BlockSummary {
  /// Nothing gathered.
  public init() {}
  /// Looks at nothing.
  public mutating func observe(
    _ block: Block, slots: [Int], target: [Double], threads: SpareThreads
  ) {}
  /// There is nothing to merge.
  public mutating func merge(_ later: NoSummary) {}
  /// Never.
  public mutating func needsAnotherSweep(threads: SpareThreads) -> Bool { false }
}

/// What a block stage has become after the fit.
public protocol FittedBlockStage: Savable {
  /// What is left to do where columns that serving lacks (the target) are among the chosen ones,
  /// which then are fewer; nil: nothing.
  func without(_ columns: [String], leaving count: Int) throws(PrepError) -> Self?
  /// Opens the work: called once per worker, its result once per block.
  ///
  /// `slots` are the chosen columns, also those that are dropped, in table order; `made` the new
  /// ones, which the kernel must prepare. It changes only columns whose fate is `changed`.
  func kernel(_ slots: [Int], made: [Int]) -> Kernel
  /// Opens the way back, where the stage's `inverse` isn't none; nil: what was changed comes back
  /// as it stands.
  ///
  /// It reads the new columns and those that were changed, and leaves every chosen column that was
  /// changed or dropped as it was before, as numbers; `slots` of columns left alone may be -1.
  func inverseKernel(_ slots: [Int], made: [Int]) -> Kernel?
}

extension FittedBlockStage {
  /// What was changed comes back as it stands.
  public func inverseKernel(_ slots: [Int], made: [Int]) -> Kernel? { nil }
  /// Nothing where no column is left; else it is an error: it needs all of them.
  public func without(_ columns: [String], leaving count: Int) throws(PrepError) -> Self? {
    if count == 0 { return nil }
    throw PrepError(.artifact, "expected a column '\(columns.first ?? "")', found none")
  }
}

/// A stage across columns or rows.
///
/// It gets its columns in table order, learns from all of them together, and says of each what
/// becomes of it (`fates`), and which new ones it makes (`made`), which come last. With
/// `keep_original` the engine lets it work on copies, which are named by `name`.
public protocol BlockStage: Stage {
  /// What it gathers.
  associatedtype Summary: BlockSummary
  /// What it becomes.
  associatedtype Fitted: FittedBlockStage
  /// Whether it can take a column of this type.
  func accepts(_ field: Field) -> Bool
  /// What becomes of each chosen column; `fitted` is nil before any data.
  func fates(of fields: [Field], _ fitted: Fitted?) -> [Fate]
  /// New columns, which come last; before any data (nil) those that are sure to come.
  ///
  /// `Field(_:_:madeOf:)` names the sources; the engine adds the step.
  func made(from fields: [Field], _ fitted: Fitted?) throws(PrepError) -> [Field]
  /// An empty summary for the chosen columns; `target` is nil unless the stage is supervised.
  func summary(of fields: [Field], target: Answers.Target?) -> Summary
  /// What it has learned.
  func fitted(to summary: Summary, _ fields: [Field]) throws(PrepError) -> Fitted
  /// An `artifact` error, by `requireLearned`, where what an artifact holds can't have been learned
  /// of these columns, so that the work could fall over it: artifacts may be edited.
  func check(_ loaded: Fitted, for fields: [Field]) throws(PrepError)
}

extension BlockStage {
  /// All columns stay as they are.
  public func fates(of fields: [Field], _ fitted: Fitted?) -> [Fate] {
    fields.map { _ in .unchanged }
  }
  /// Anything of the type will do.
  public func check(_ loaded: Fitted, for fields: [Field]) throws(PrepError) {}
  /// No new columns.
  public func made(from fields: [Field], _ fitted: Fitted?) throws(PrepError) -> [Field] { [] }
}

extension BlockStage where Summary == NoSummary {
  /// Gathers nothing.
  public func summary(of fields: [Field], target: Answers.Target?) -> NoSummary { NoSummary() }
}

/// A stage that only arranges columns: it reads no value.
public protocol StructureStage: Stage {
  /// Which columns stay, in which order and by which name.
  func arranged(
    _ fields: [Field], selected: [Int]
  ) throws(PrepError) -> [(index: Int, name: String)]
}

extension StructureStage {
  /// Columns get back their names.
  public var inverse: Inverse { .exact }
}
