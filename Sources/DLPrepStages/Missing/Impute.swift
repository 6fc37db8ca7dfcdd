public import DLPrepData
public import DLPrepPipeline

/// Puts a value in the place of missing ones.
///
/// ```yaml
/// - impute: {columns: age, strategy: median, indicator: true}
/// ```
/// ```csv
/// age
/// 30
/// NA
/// 50
/// 40
/// ```
/// becomes
/// ```csv
/// age,age_missing
/// 30.0,0
/// 40.0,1
/// 50.0,0
/// 40.0,0
/// ```
/// It learns the value: by default the median of numbers and the most frequent value of anything
/// else (the smallest of equally frequent ones). Mean, median and end_of_tail make integers floats;
/// the median of dates is the lower one of two. Where the rows have weights (role `weight`), the mean
/// is weighted, as recipes' is; the other values are not. `end_of_tail` takes a number far out, so
/// that models can tell what was missing: `method` zscore (mean ± factor · standard deviation), iqr
/// (quartile ± factor · their distance) or max (factor · the largest), factor 3, at the `tail` right
/// or left. A column without any value is an error, becomes constant, or is dropped, as `all_missing`
/// says. With `by`, a row gets the value of its group; rows of groups with fewer than `min_group`
/// values, or unseen at fit, get that of all rows. Same as scikit-learn `SimpleImputer`, as pandas
/// `fillna` with `groupby().transform` for groups, and as feature-engine `EndTailImputer`. Cost: one
/// sweep, exact quantiles for the median and the iqr; with `by` the column in memory.
public struct Impute: ColumnStage {
  /// Which value is put in.
  public enum Strategy: String, Sendable, CaseIterable, ParameterValue {
    case mean
    case median
    case mode
    case constant
    case min
    case max
    case endOfTail = "end_of_tail"
  }
  /// What becomes of a column without any value.
  public enum AllMissing: String, Sendable, CaseIterable, ParameterValue {
    case error
    case constant
    case drop
  }

  /// The key in pipeline files.
  public static let name = "impute"
  /// One sentence for listings.
  public static let summary = "Puts a value in the place of missing ones."
  /// What others call it.
  public static let otherNames = [
    "SimpleImputer", "fillna", "fill_null", "step_impute_mean", "step_impute_median",
    "step_impute_mode", "MeanMedianImputer", "CategoricalImputer", "EndTailImputer",
    "ArbitraryNumberImputer", "nan",
  ]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .name, .keepOriginal]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("strategy", \.strategy, "Which value; by default median for numbers, else mode.")
      .otherwise("median or mode"),
    .init("value", \.value, "The value of strategy constant, and of all_missing constant."),
    .init("indicator", \.indicator, "Whether a column tells where values were missing."),
    .init("all_missing", \.allMissing, "What becomes of a column without any value."),
    .init("method", \.method, "How end_of_tail finds the end; by default zscore."),
    .init("tail", \.tail, "Which end end_of_tail takes; by default the right one."),
    .init("factor", \.factor, in: 0...1e6, "How far out end_of_tail goes; by default 3."),
    .init("by", \.groupColumns, "The columns that tell groups of rows apart."),
    .init("min_group", \.minGroup, in: 1...Int.max, "How many values a group needs for its own."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.all) { ($0.strategy, $0.indicator) = (.mode, true) },
      Self(.numeric) { ($0.strategy, $0.value) = (.constant, "7") },
      Self(.numeric) { ($0.strategy, $0.allMissing) = (.mean, .drop) },
      Self(.numeric) { ($0.strategy, $0.value, $0.allMissing) = (.max, "1", .constant) },
      Self(.numeric) { $0.strategy = .min }, Self(.numeric) { $0.strategy = .endOfTail },
      Self(.numeric) {
        ($0.strategy, $0.method, $0.tail, $0.factor) = (.endOfTail, .iqr, .left, 1.5)
      },
      Self(["f", "i", "day"]) { $0.groupColumns = ["a", "l"] },
      Self(["f", "i", "b", "l", "t"]) {
        ($0.strategy, $0.groupColumns, $0.minGroup) = (.mode, ["a"], 4)
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Which value is put in; nil: median for numbers, mode for anything else.
  public var strategy: Strategy?
  /// The value of strategy constant, and of `all_missing: constant`.
  public var value: String?
  /// Whether a column tells where values were missing.
  public var indicator = false
  /// What becomes of a column without any value.
  public var allMissing = AllMissing.error
  /// How `end_of_tail` finds the end; nil: `zscore`.
  public var method: TailMethod?
  /// Which end it takes; nil: the right one.
  public var tail: TailSide?
  /// How far out it goes; nil: 3.
  public var factor: Double?
  /// The columns that tell groups of rows apart.
  public var groupColumns: [String] = []
  /// How many values a group needs to have its own.
  public var minGroup = 1
  /// A constant is put into a column only if it is of the column's type.
  public var dependsOnTypes: Bool { true }
  /// A mean goes by the rows' weights.
  public var usesWeights: Bool { strategy == .mean }
  /// Numbers by default; which columns mode or a constant are meant for has to be said.
  public var columns: Selector? {
    let needsColumns = strategy == .mode || strategy == .constant
    return common.columns ?? (needsColumns ? nil : Self.defaultColumns)
  }
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { indicator ? .exact : .lossy("what was put in stays") }
  /// It fills with what it has learned, but for a constant.
  public var purposes: Purposes { strategy == .constant ? [] : .fills }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try validateTail()
    try validateGroups()
    if strategy == .constant || allMissing == .constant {
      guard value != nil else { throw PrepError(.value, "expected a 'value' for constant") }
    } else if value != nil {
      throw PrepError(.value, "expected 'strategy: constant' with a 'value'")
    }
    if strategy == .constant || strategy == .mode, common.columns == nil {
      throw PrepError(
        .value, "expected 'columns' with strategy mode or constant",
        hint: "columns: category, for example")
    }
  }

  /// The strategy for a column.
  func used(for field: Field) -> Strategy {
    if let strategy { return strategy }
    return field.type.isNumeric || field.type == .date || field.type == .timestamp ? .median : .mode
  }

  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool {
    switch strategy {
    case .mean, .endOfTail: field.type.isNumeric
    case .median, .min, .max:
      field.type.isNumeric || field.type == .date || field.type == .timestamp
    case .mode, .constant, nil: !field.type.isVector
    }
  }

  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    let questions = questions(of: field, known)
    return questions + (groupColumns.isEmpty ? [] : questions.map { .grouped($0) })
  }

  private func questions(of field: Field, _ known: Answers) -> [Statistic] {
    switch used(for: field) {
    case .constant: indicator ? [.count] : []
    case .mean: [.count, known.byWeight(.moments)]
    case .median: [.count, median(of: field)]
    case .min, .max: [.count, .extremes]
    case .endOfTail: tailQuestions
    case .mode: [.count, field.type.isKeyed ? .categories : .distribution]
    }
  }

  /// Whether the rows weigh anything, where that matters.
  func hasWeight(_ answers: Answers, for field: Field) -> Bool {
    guard answers.hasWeights, used(for: field) == .mean else { return true }
    return answers.moments(answers.byWeight(.moments)).weight > 0
  }

  private func median(of field: Field) -> Statistic {
    .quantile(0.5, field.type.isNumeric ? .midpoint : .lower)
  }

  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> GroupedFill {
    let fill = try fill(from: answers, for: field)
    return GroupedFill(fill, try groups(from: answers, for: field, fill))
  }

  /// The value for all of some rows.
  func fill(from answers: Answers, for field: Field) throws(PrepError) -> FillValue {
    var learned = FillValue()
    let strategy = used(for: field)
    if indicator { learned.indicator = answers.count.missing > 0 }
    if strategy == .constant {
      try learned.read(value ?? "", for: outputType(of: field))
      return learned
    }
    if answers.count.rows == answers.count.missing {
      switch allMissing {
      case .error: try answers.requireValues(of: field)
      case .constant: try learned.read(value ?? "", for: outputType(of: field))
      case .drop: learned.isDropped = true
      }
      return learned
    }
    switch strategy {
    case .constant: break
    case .mean:
      let moments = answers.moments(answers.byWeight(.moments))
      try requireWeight(of: field, moments)
      learned.number = moments.mean
    case .median: learned.number = answers.number(median(of: field))
    case .min: learned.number = answers.extremes.min
    case .max: learned.number = answers.extremes.max
    case .endOfTail: learned.number = endOfTail(answers)
    case .mode where field.type.isKeyed:
      let categories = answers.categories
      let best = firstIndexOfMaximum(categories.counts)
      learned.text = ByteStrings([categories.values[best]])
    case .mode:
      let values = answers.distribution
      learned.number = values[firstIndexOfMaximum(values.map(\.count))].value
    }
    try learned.requireExact(for: field, outputType(of: field))
    return learned
  }

  /// The type of the column when it is filled.
  func outputType(of field: Field) -> DataType {
    guard field.type == .integer else { return field.type }
    switch used(for: field) {
    case .mean, .median, .endOfTail: return .float
    case .constant: return Int64(value ?? "") == nil ? .float : .integer
    case .mode, .min, .max: return .integer
    }
  }

  /// What comes of the column.
  public func outputs(for field: Field, _ learned: GroupedFill?) -> [Output] {
    if learned?.fill.isDropped == true { return [] }
    let same = Output.same(outputType(of: field))
    return learned?.fill.indicator ?? indicator
      ? [same, .made("missing", "{column}_{value}", .bool)] : [same]
  }

  /// Opens the work.
  public func kernel(_ learned: GroupedFill, for field: Field, _ slots: Slots) -> Kernel {
    let fill = learned.kernel(as: outputType(of: field), slots)
    guard learned.fill.indicator else { return fill }
    return { block, run in
      block.columns[slots.outputs[1]].becomeIndicator(of: block.columns[slots.input])
      fill(block, run)
    }
  }
  /// Opens the way back.
  public func inverseKernel(_ learned: GroupedFill, for field: Field, _ slots: Slots) -> Kernel? {
    guard learned.fill.indicator, slots.outputs.count > 1, slots.outputs[1] >= 0 else { return nil }
    return { block, _ in
      let told = block.columns[slots.outputs[1]]
      let column = block.columns[slots.input]
      told.convertToFloats()
      for row in 0..<told.count where !told.missing[row] && told.floats[row] != 0 {
        column.missing[row] = true
        if column.storage == .codes { column.codes[row] = -1 }
      }
    }
  }
  /// The type of the filled column.
  public func restoredType(of field: Field) -> DataType { outputType(of: field) }
}

extension DataType {
  /// Whether its values are counted by their bytes rather than as numbers.
  var isKeyed: Bool { isTextual || self == .bool }
}

private func firstIndexOfMaximum(_ counts: [Int]) -> Int {
  counts.indices.max { counts[$0] < counts[$1] || (counts[$0] == counts[$1] && $0 > $1) } ?? 0
}
