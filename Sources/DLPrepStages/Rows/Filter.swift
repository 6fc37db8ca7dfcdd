public import DLPrepBytes
public import DLPrepData
public import DLPrepPipeline

/// Keeps the rows for which a condition holds.
///
/// ```yaml
/// - filter: {where: "fare > 0 and port in ('S', 'C')", when: always}
/// ```
/// ```csv
/// fare,port
/// 7.5,S
/// 0,S
/// 8.5,Q
/// ,C
/// ```
/// becomes
/// ```csv
/// fare,port
/// 7.5,S
/// ```
/// A row for which the condition is null goes, too, as in SQL and dplyr, and is counted. `when`
/// must be written: `fit` drops training rows only, `always` also drops rows in serving, as no
/// other stage may. Dropped rows are counted by step. It learns nothing. Same as `filter` of dplyr
/// and Polars, `query` of pandas. Cost: none at fit.
public struct Filter: BlockStage {
  /// The key in pipeline files.
  public static let name = "filter"
  /// One sentence for listings.
  public static let summary = "Keeps the rows for which a condition holds."
  /// What others call it.
  public static let otherNames = ["where", "query", "subset", "step_filter", "filter_rows"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.when]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("where", \.where, "The condition for a row to stay; see the functions of derive.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self("f > 1 or l", when: .always), Self("i in (1, 2, 3)", when: .fit),
      Self("a != 'b' and not is_null(t)", when: .always),
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// The condition for a row to stay.
  public var `where`: RowExpression?
  /// Everything at its default.
  public init() {}

  /// A stage that keeps the rows for which a condition holds.
  public init(_ condition: RowExpression, when: When) {
    self.where = condition
    common.when = when
  }

  /// Whether it can be taken back.
  public var inverse: Inverse {
    when == .always ? .lossy("rows that were taken out stay out") : .exact
  }
  /// Whether it takes rows out.
  public var removesRows: Bool { true }
  /// The columns that the condition names.
  public var columns: Selector? { .names(self.where?.columns ?? []) }
  /// Where the condition names a column.
  public func place(ofColumn name: String) -> Place? { self.where?.place(ofColumn: name) }
  /// Text and numbers are compared in different ways.
  public var dependsOnTypes: Bool { true }

  /// Its condition.
  package var namedExpressions: NamedExpressions { self.where.map { ["where": $0] } ?? [:] }
  /// It is a condition.
  package var makesColumns: Bool { false }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    guard let condition = self.where else {
      throw PrepError(.value, "expected a condition in 'where', found none")
    }
    try condition.validate()
    if common.when == nil {
      throw PrepError(
        .value, "expected 'when', found none",
        hint:
          "write when: fit to drop training rows only, when: always to drop rows in serving, too"
      )
    }
  }

  /// Which types the condition takes is for it to say.
  public func accepts(_ field: Field) -> Bool { true }

  /// What it has become.
  public func fitted(to summary: NoSummary, _ fields: [Field]) throws(PrepError) -> Fitted {
    guard let condition = self.where else {
      throw PrepError(.value, "expected a condition in 'where', found none")
    }
    if common.when == .always, let target = fields.first(where: { $0.role == .target }) {
      throw PrepError(
        .column, "'where': expected no look at the target '\(target.name)' with 'when: always'",
        at: condition.place(ofColumn: target.name),
        hint: "serving has no target; say when: fit")
    }
    return Fitted(condition: try FittedExpressions(condition: condition, fields))
  }

  /// Whether it can have been learned.
  public func check(_ loaded: Fitted, for fields: [Field]) throws(PrepError) {
    try loaded.condition.requireColumns(fields)
  }

  /// What is left to know in a run.
  public struct Fitted: FittedBlockStage {
    /// The condition.
    public var condition: FittedExpressions
    /// The condition as JSON.
    public var saved: JSON { condition.saved }
    /// Reads it.
    public init(loading json: JSON) throws(PrepError) {
      condition = try FittedExpressions(loading: json)
    }
    init(condition: FittedExpressions) { self.condition = condition }

    /// A condition without its columns says nothing.
    public func without(_ columns: [String], leaving count: Int) throws(PrepError) -> Fitted? {
      condition.without(columns).map { Fitted(condition: $0) }
    }

    /// Opens the work.
    public func kernel(_ slots: [Int], made: [Int]) -> Kernel {
      let compiled = condition.open()
      let frame = EvaluationFrame()
      return { block, run in
        guard let condition = compiled.first else { return }
        frame.start(block, slots)
        let holds = condition.evaluate(frame, removed: block.removed)
        var unknown = 0
        for row in 0..<frame.count where holds.missing[row] || holds.flags[row] == 0 {
          if holds.missing[row], block.removed?[row] != true { unknown += 1 }
          run.drop(row, of: block)
        }
        run.count("dropped because the condition is null", unknown)
        frame.report(run, "")
      }
    }
  }
}

extension Filter: ExpressionStage {}
