public import DLPrepData
public import DLPrepPipeline

/// Refuses values that break a rule.
///
/// ```yaml
/// - check: {columns: age, min: 0, max: 120, on_fail: null}
/// ```
/// ```csv
/// age
/// 30
/// 300
/// ```
/// becomes
/// ```csv
/// age
/// 30
/// ""
/// ```
/// `where` is a condition over all columns of a row, such as `start <= end`; with `on_fail: null`
/// the named columns become missing where it fails. A missing value passes every rule but
/// `not_null`, and a condition that is null is met. A value that fails is an error, is counted
/// (`warn`), becomes missing (`null`), or sends its row to the rejects, with every rule it failed.
/// It learns nothing; `unique` remembers every value of a run. As in pandera and Great Expectations.
/// Cost: none at fit.
public struct Check: ColumnStage {
  /// What becomes of a value that fails.
  public enum OnFail: String, Sendable, CaseIterable, ParameterValue {
    case error
    case warn
    case null
    case reject
  }

  /// The key in pipeline files.
  public static let name = "check"
  /// One sentence for listings.
  public static let summary = "Refuses values that break a rule."
  /// What others call it.
  public static let otherNames = ["expectations", "validate", "assert"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .when]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .all
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("not_null", \.notNull, "Whether a missing value fails."),
    .init("min", \.min, "The smallest number."),
    .init("max", \.max, "The largest number."),
    .init("in", \.in, "The values that may be."),
    .init("not_in", \.notIn, "The values that may not be."),
    .init("match", \.match, "A regular expression that is found in every value; ^ and $ bind it."),
    .init("unique", \.unique, "Whether a value that was there before fails."),
    .init("length", \.length, "How many Unicode scalars a text has: a number, or [least, most]."),
    .init(
      "where", \.where,
      "A condition that no row may break, in a step of its own; see the functions of derive."),
    .init("rows_min", \.rowsMin, in: 0...Int.max, "The least number of rows."),
    .init("rows_max", \.rowsMax, in: 0...Int.max, "The largest number of rows."),
    .init("on_fail", \.onFail, "What becomes of a value that fails."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(.numeric) { ($0.min, $0.max, $0.onFail) = (0, 9, .null) },
      Self(.category) { ($0.in, $0.onFail) = (["a", "b"], .warn) },
      Self(.category) { ($0.notIn, $0.match, $0.onFail) = (["z"], "^[a-y]", .reject) },
      Self(.all) { ($0.notNull, $0.rowsMin) = (true, 0) },
      Self(.category) { ($0.unique, $0.length, $0.onFail) = (true, LengthRange(1, 9), .warn) },
      Self(.all) { $0.rowsMax = 1_000_000_000 },
      Self("f < 1000 or l", onFail: .reject),
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Whether a missing value fails.
  public var notNull = false
  /// The smallest number.
  public var min: Double?
  /// The largest number.
  public var max: Double?
  /// The values that may be.
  public var `in`: [String]?
  /// The values that may not be.
  public var notIn: [String]?
  /// A regular expression that is found in every value.
  public var match: String?
  /// Whether a value that was there before fails.
  public var unique = false
  /// How many Unicode scalars a text has.
  public var length: LengthRange?
  /// A condition that no row may break.
  public var `where`: RowExpression?
  /// The least number of rows.
  public var rowsMin: Int?
  /// The largest number of rows.
  public var rowsMax: Int?
  /// What becomes of a value that fails.
  public var onFail = OnFail.error
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse {
    onFail == .null ? .lossy("values that failed stay missing") : .exact
  }

  /// A check of a condition over the columns of a row.
  public init(_ condition: RowExpression, onFail: OnFail = .error) {
    self.where = condition
    self.onFail = onFail
  }

  /// A condition over several columns is for a stage across columns.
  public var resolved: any Stage {
    if let condition = self.where { CheckRows(condition, self) } else { self }
  }

  /// Whether it must see blocks in order.
  public var needsOrder: Bool { unique }
  /// Whether the type decides which values are the same: 1.50 is 1.5 only as a number.
  public var dependsOnTypes: Bool { self.in != nil || notIn != nil || unique }
  /// Whether any rule is about values, and not only about missing ones.
  public var looksAtValues: Bool { min != nil || max != nil || match != nil || length != nil }
  /// Whether it may send rows to the rejects.
  public var rejectsRows: Bool { onFail == .reject }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if onFail != .error, rowsMin != nil || rowsMax != nil {
      throw PrepError(
        .value,
        "expected 'on_fail: error' with 'rows_min' and 'rows_max', found"
          + " '\(onFail.rawValue)'", hint: "check rows in a step of their own")
    }
    if onFail == .null && notNull {
      throw PrepError(.value, "expected another 'on_fail' with 'not_null': it is missing already")
    }
    if let min, let max, min > max {
      throw PrepError(.value, "expected 'min' up to 'max', found \(min) and \(max)")
    }
    if let rowsMin, let rowsMax, rowsMin > rowsMax {
      throw PrepError(
        .value, "expected 'rows_min' up to 'rows_max', found \(rowsMin) and \(rowsMax)")
    }
    if let match {
      do throws(PatternError) {
        _ = try BytePattern(match)
      } catch {
        throw PrepError(.value, "'match': \(error.message), in '\(match)'", hint: error.hint)
      }
    }
    if let condition = self.where { try validate(condition) }
  }

  private func validate(_ condition: RowExpression) throws(PrepError) {
    try condition.validate()
    var alone = Check(condition, onFail: onFail)
    alone.common = common
    if alone != self {
      throw PrepError(
        .value, "expected no other rule beside 'where'", hint: "write a check step for each")
    }
    if onFail == .null, common.columns?.exactNames.isEmpty ?? true {
      throw PrepError(
        .value, "expected 'columns' with 'where' and 'on_fail: null', found none",
        hint: "name the columns that become missing")
    }
  }

  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool {
    if field.type.isVector { return false }
    if min != nil || max != nil, !field.type.isNumeric { return false }
    if match != nil || length != nil, !field.type.isTextual { return false }
    if self.in != nil || notIn != nil { return field.type.isKeyed || field.type.isNumeric }
    return true
  }

  /// Checks the number of rows.
  public func check(rows: Int) throws(PrepError) {
    if let rowsMin, rows < rowsMin {
      throw PrepError(.check, "expected at least \(rowsMin) rows, found \(rows)")
    }
    if let rowsMax, rows > rowsMax {
      throw PrepError(.check, "expected at most \(rowsMax) rows, found \(rows)")
    }
  }
}

/// How many Unicode scalars a text may have.
public struct LengthRange: ParameterValue {
  /// The fewest.
  public var least: Int
  /// The most.
  public var most: Int

  /// From least to most.
  public init(_ least: Int, _ most: Int) {
    self.least = least
    self.most = most
  }

  /// What may stand there.
  public static var expected: String { "a whole number from 0, or [least, most]" }
  /// Reads it from a pipeline file.
  public init(_ node: ConfigNode) throws(PrepError) {
    let bounds: [Int]? =
      if case .list = node { try? [Int](node) } else { (try? Int(node)).map { [$0, $0] } }
    guard let bounds, bounds.count == 2, bounds[0] >= 0, bounds[0] <= bounds[1] else {
      throw Self.mismatch(node)
    }
    self.init(bounds[0], bounds[1])
  }
  /// How a pipeline file says it.
  public var node: ConfigNode? {
    least == most ? .text("\(least)") : .list([.text("\(least)"), .text("\(most)")])
  }
}
