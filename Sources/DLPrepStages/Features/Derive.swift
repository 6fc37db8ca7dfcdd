public import DLPrepBytes
public import DLPrepData
public import DLPrepPipeline

/// Makes columns of expressions over the columns of a row.
///
/// ```yaml
/// - derive: {set: {family: sibsp + parch + 1, alone: family == 1, fare: round(fare)}}
/// ```
/// ```csv
/// sibsp,parch,fare
/// 1,0,7.25
/// 0,0,8.5
/// 3,1,
/// ```
/// becomes
/// ```csv
/// sibsp,parch,fare,family,alone
/// 1,0,7.0,2,0
/// 0,0,8.0,1,1
/// 3,1,,5,0
/// ```
/// New columns come last, in the order of `set`; a name that is there already is replaced in its
/// place, and expressions after it see the new one. Null propagates: what is computed of a missing
/// value is missing. So are results that overflow 64 bits, a division by zero, and results that are
/// no finite number; they are counted. A column made of the target would be absent in serving, so
/// only the target itself may be computed of it. It learns nothing. Same as `mutate` of dplyr,
/// `with_columns` of Polars, `assign` of pandas. Cost: none at fit.
public struct Derive: BlockStage {
  /// The key in pipeline files.
  public static let name = "derive"
  /// One sentence for listings.
  public static let summary = "Makes columns of expressions over the columns of a row."
  /// What others call it.
  public static let otherNames = [
    "mutate", "step_mutate", "with_columns", "assign", "eval", "MathFeatures",
    "FunctionTransformer",
  ]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = []
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("set", \.set, "The name of each column, with its expression.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(["sum": "f + i", "half": "sum / 2", "f": "if(l, f, 0.0)"]),
      Self(["rest": "i % 3", "big": "case(f > 2, a, f > 1, b, 'other')"]),
      Self([
        "low": "lower(t)", "both": "concat(a, '-', b)",
        "late": "year(day) >= 1980 or is_null(time)",
        "age": "days(time - day)", "i": "i * 2 - 1",
      ]),
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// The name of each column, with its expression.
  public var set: NamedExpressions = [:]
  /// Everything at its default.
  public init() {}

  /// A stage that makes the given columns.
  public init(_ set: NamedExpressions) { self.set = set }

  /// The columns that its expressions name, but for those made before them.
  public var columns: Selector? {
    var names: [String] = []
    var known: Set<String> = []
    for entry in set.entries {
      names += entry.expression.columns.filter { known.insert($0).inserted }
      known.insert(entry.name)
    }
    return .names(names)
  }

  /// The columns that it makes, if they are there.
  public var replacedColumns: [String] { self.set.entries.map(\.name) }
  /// Where an expression names a column.
  public func place(ofColumn name: String) -> Place? {
    self.set.entries.lazy.compactMap { $0.expression.place(ofColumn: name) }.first
  }
  /// Text and numbers are computed with in different ways.
  public var dependsOnTypes: Bool { true }

  /// Its expressions.
  package var namedExpressions: NamedExpressions { self.set }
  /// They make columns.
  package var makesColumns: Bool { true }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if set.entries.isEmpty {
      throw PrepError(
        .value, "expected expressions in 'set', found none",
        hint: "such as set: {family: sibsp + parch + 1}")
    }
    var seen: Set<String> = []
    for entry in set.entries {
      if entry.name.isEmpty { throw PrepError(.value, "expected a name in 'set', found none") }
      if !seen.insert(entry.name).inserted {
        throw PrepError(.value, "expected distinct names in 'set', found '\(entry.name)' twice")
      }
      try entry.expression.validate()
    }
  }

  /// Which types an expression takes is for the expression to say.
  public func accepts(_ field: Field) -> Bool { true }

  /// The new columns.
  public func made(from fields: [Field], _ fitted: Fitted?) throws(PrepError) -> [Field] {
    let known = NamePositions(fields.map(\.name))
    return try results(of: fields, fitted).filter { known[$0.name] == nil }
  }

  /// The columns that are replaced in their place.
  public func fates(of fields: [Field], _ fitted: Fitted?) -> [Fate] {
    let made = (try? results(of: fields, fitted)) ?? []
    let positions = NamePositions(made.map(\.name))
    return fields.map { field in positions[field.name].map { .replaced(made[$0]) } ?? .unchanged }
  }

  private func results(of fields: [Field], _ fitted: Fitted?) throws(PrepError) -> [Field] {
    let expressions =
      if let fitted { fitted.expressions } else { try FittedExpressions(set, fields) }
    return expressions.program.results(of: fields)
  }

  /// What it has become.
  public func fitted(to summary: NoSummary, _ fields: [Field]) throws(PrepError) -> Fitted {
    let expressions = try FittedExpressions(set, fields)
    for (step, entry) in set.entries.enumerated() {
      let sources = expressions.program.dependencies(of: step).map { fields[$0] }
      if let target = sources.first(where: { $0.role == .target }), target.name != entry.name {
        throw PrepError(
          .column, "'\(entry.name)': expected no column made of the target '\(target.name)'",
          at: entry.expression.place(ofColumn: target.name),
          hint: "serving has no target; compute the target itself, under its own name")
      }
    }
    return Fitted(expressions: expressions)
  }

  /// Whether it can have been learned.
  public func check(_ loaded: Fitted, for fields: [Field]) throws(PrepError) {
    try loaded.expressions.requireColumns(fields)
  }

  /// What is left to know in a run.
  public struct Fitted: FittedBlockStage {
    /// The expressions.
    public var expressions: FittedExpressions
    /// The expressions as JSON.
    public var saved: JSON { expressions.saved }
    /// Reads them.
    public init(loading json: JSON) throws(PrepError) {
      expressions = try FittedExpressions(loading: json)
    }
    init(expressions: FittedExpressions) { self.expressions = expressions }

    /// Without the expressions that look at absent columns.
    public func without(_ columns: [String], leaving count: Int) throws(PrepError) -> Fitted? {
      expressions.without(columns).map { Fitted(expressions: $0) }
    }

    /// Opens the work.
    public func kernel(_ slots: [Int], made: [Int]) -> Kernel {
      let compiled = expressions.open()
      let frame = EvaluationFrame()
      var next = made.makeIterator()
      let positions = NamePositions(expressions.program.fields.map(\.name))
      let targets = expressions.program.steps.map { step -> (name: String, slot: Int?) in
        (step.name, positions[step.name].map { slots[$0] } ?? next.next())
      }
      return { block, run in
        frame.start(block, slots)
        for (target, expression) in zip(targets, compiled) {
          guard let slot = target.slot else { continue }
          let result = expression.evaluate(frame, removed: block.removed)
          let column = block.columns[slot]
          if result !== column { column.assign(result) }
          frame.columns.append(column)
          frame.report(run, target.name)
        }
      }
    }
  }
}

extension Derive: ExpressionStage {}
