public import DLPrepData
public import DLPrepPipeline

/// Takes dates and times apart into numbers.
///
/// ```yaml
/// - datetime_features: {columns: day, extract: [year, weekday, is_leap_year]}
/// ```
/// ```csv
/// day
/// 2024-02-29
/// 2025-01-01
/// ```
/// becomes
/// ```csv
/// day_year,day_weekday,day_is_leap_year
/// 2024,4,1
/// 2025,3,0
/// ```
/// Weeks and weekdays are ISO's (Monday 1). Instants are taken apart on the clocks of the column's
/// `timezone`, else in UTC; hours and less are left out of dates. With `cyclical` a part with a
/// period becomes its sine and cosine instead; the periods are constants: 4 quarters, 12 months,
/// 365.2425 / 7 weeks, the days of that month, 7 weekdays, 365.2425 days of a year, 24 hours, 60
/// minutes and seconds. `epoch` adds the time since 1970 in whole seconds or days. A part of a
/// missing date is missing. It learns the rules of the time zone. As pandas `dt`, but for weekdays from 1.
/// Cost: none at fit.
public struct DatetimeFeatures: ColumnStage {
  /// What is added beside the parts.
  public enum Epoch: String, Sendable, CaseIterable, ParameterValue {
    case none
    case seconds
    case days
  }

  /// The key in pipeline files.
  public static let name = "datetime_features"
  /// One sentence for listings.
  public static let summary = "Takes dates and times apart into numbers."
  /// What others call it.
  public static let otherNames = [
    "DatetimeEncoder", "DatetimeFeatures", "step_date", "step_time", "dt",
  ]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .or(.type(.date), .type(.timestamp))
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("extract", \.extract, "Which parts."),
    .init("cyclical", \.cyclical, "Whether parts with a period become sine and cosine."),
    .init("epoch", \.epoch, "Whether the time since 1970 is added, in seconds or days."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(dates) { ($0.extract, $0.cyclical) = ([.month, .hour, .isWeekend], true) },
      Self(dates) { ($0.extract, $0.epoch) = ([.week], .seconds) },
    ]
  }
  private static var dates: Selector { .or(.type(.date), .type(.timestamp)) }
  /// The keys that stages share.
  public var common = Common()
  /// Which parts.
  public var extract = DatePart.allCases
  /// Whether parts with a period become sine and cosine.
  public var cyclical = false
  /// Whether the time since 1970 is added.
  public var epoch = Epoch.none
  /// Everything at its default.
  public init() {}

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try refuse(.category, .ignore)
    if extract.isEmpty && epoch == .none {
      throw PrepError(.value, "'extract': expected a part, found none")
    }
    if Set(extract).count < extract.count {
      throw PrepError(.value, "'extract': expected distinct parts, found one twice")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type == .date || field.type == .timestamp }

  /// The parts that a column has.
  func parts(of field: Field) -> [DatePart] {
    extract.filter { field.type == .timestamp || !$0.isTimeOfDay }
  }

  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> ZoneRules {
    try ZoneRules(field.timeZone)
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: ZoneRules?) -> [Output] {
    let template = "{column}_{value}"
    var outputs: [Output] = []
    for part in parts(of: field) {
      if cyclical && part.hasPeriod {
        outputs.append(.made("\(part.rawValue)_sin", template, .float))
        outputs.append(.made("\(part.rawValue)_cos", template, .float))
      } else {
        outputs.append(.made(part.rawValue, template, .integer))
      }
    }
    if epoch != .none { outputs.append(.made("epoch_\(epoch.rawValue)", template, .integer)) }
    return outputs
  }
}
