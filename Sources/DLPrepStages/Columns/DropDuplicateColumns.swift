public import DLPrepData
public import DLPrepPipeline

/// Drops columns that hold the same values as an earlier one.
///
/// ```yaml
/// - drop_duplicate_columns
/// ```
/// ```csv
/// a,b,c
/// 1,2,1
/// 3,4,3
/// ```
/// becomes
/// ```csv
/// a,b
/// 1,2
/// 3,4
/// ```
/// Columns are the same if they have one type and agree in every training row, missing values
/// included; the first in table order stays. What was dropped at fit is dropped in serving. Same as
/// feature-engine `DropDuplicateFeatures`. Cost: one sweep over all columns together.
public struct DropDuplicateColumns: BlockStage {
  /// The key in pipeline files.
  public static let name = "drop_duplicate_columns"
  /// One sentence for listings.
  public static let summary = "Drops columns that hold the same values as an earlier one."
  /// What others call it.
  public static let otherNames = ["DropDuplicateFeatures", "duplicated columns"]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .all
  /// It has no parameters.
  public static let parameters: [Parameter<Self>] = []
  /// Stages that differ in everything.
  public static var examples: [Self] { [Self(), Self(.numeric)] }
  /// The keys that stages share.
  public var common = Common()
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .exact }

  /// Which columns agree so far: those of one class.
  public struct Summary: BlockSummary {
    /// The class of each column: the position of the first column that it agrees with.
    var classes: [Int]

    /// Columns that differ from now on are parted.
    public mutating func observe(
      _ block: Block, slots: [Int], target: [Double], threads: SpareThreads
    ) {
      let before = classes
      let sizes = before.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      let columns = slots.map { block.columns[$0] }
      let contents = threads.map(columns.count) { i in
        sizes[before[i], default: 0] > 1 ? columns[i].fingerprint() : 0
      }
      // Only columns that agreed so far and hold the same sum of hashes are compared.
      var firsts: [Kind: [Int]] = [:]
      for (i, column) in columns.enumerated() where sizes[before[i], default: 0] > 1 {
        let kind = Kind(class: before[i], content: contents[i])
        let twin = firsts[kind]?.first { column.agrees(with: columns[$0]) }
        classes[i] = twin ?? i
        if twin == nil { firsts[kind, default: []].append(i) }
      }
    }

    private struct Kind: Hashable {
      var `class`: Int
      var content: UInt64
    }

    /// Columns agree where they do in both parts.
    public mutating func merge(_ later: Summary) {
      var firsts: [Kind: Int] = [:]
      for i in classes.indices {
        let both = Kind(class: classes[i], content: UInt64(later.classes[i]))
        if firsts[both] == nil { firsts[both] = i }
        classes[i] = firsts[both] ?? i
      }
    }

    /// One look is enough.
    public mutating func needsAnotherSweep(threads: SpareThreads) -> Bool { false }
  }

  /// The columns that are dropped.
  public struct Fitted: FittedBlockStage, SavedByFields {
    /// Their names.
    public var dropped: [String] = []
    /// None.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [.init("dropped", \.dropped)]
    /// There is nothing to do.
    public func kernel(_ slots: [Int], made: [Int]) -> Kernel { { _, _ in } }
  }

  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { !field.type.isVector }
  /// What becomes of the columns.
  public func fates(of fields: [Field], _ fitted: Fitted?) -> [Fate] {
    guard let fitted else { return fields.map { _ in .undecided } }
    let dropped = Set(fitted.dropped)
    return fields.map { dropped.contains($0.name) ? .dropped : .unchanged }
  }
  /// All columns of one type may be the same.
  public func summary(of fields: [Field], target: Answers.Target?) -> Summary {
    Summary(
      classes: fields.indices.map { i in
        fields.firstIndex { $0.type == fields[i].type } ?? i
      })
  }
  /// What it has learned.
  public func fitted(to summary: Summary, _ fields: [Field]) throws(PrepError) -> Fitted {
    var fitted = Fitted()
    for (i, first) in summary.classes.enumerated() where first != i {
      fitted.dropped.append(fields[i].name)
    }
    return fitted
  }
}
