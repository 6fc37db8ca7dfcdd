/// When a step acts.
public enum When: String, Sendable, CaseIterable, ParameterValue {
  /// On every row, in training and in serving.
  case always
  /// On training rows only.
  case fit
}

/// What a step makes of missing values.
public enum MissingPolicy: String, Sendable, CaseIterable, ParameterValue {
  /// A level of its own.
  case category
  /// No level: zeros, the prior, or the missing code.
  case ignore
  /// Stays missing.
  case keep
  /// An error.
  case error
}

/// What an encoder makes of a value that it didn't see at fit.
public enum UnknownPolicy: String, Sendable, CaseIterable, ParameterValue {
  /// The pooled level if there is one, else as `ignore`.
  case other
  /// No level.
  case ignore
  /// Becomes missing.
  case missing
  /// An error.
  case error
}

/// Which of the keys that stages share a stage takes.
public struct CommonKeys: OptionSet, Sendable {
  /// One bit a key.
  public let rawValue: UInt8
  /// The keys with the given bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// The key `columns`.
  public static let columns = CommonKeys(rawValue: 1)
  /// The key `when`.
  public static let when = CommonKeys(rawValue: 2)
  /// The key `missing`.
  public static let missing = CommonKeys(rawValue: 4)
  /// The key `unknown`.
  public static let unknown = CommonKeys(rawValue: 8)
  /// The key `name`.
  public static let name = CommonKeys(rawValue: 16)
  /// The key `keep_original`.
  public static let keepOriginal = CommonKeys(rawValue: 32)
  /// What every encoder takes.
  public static let encoder: CommonKeys = [.columns, .missing, .unknown, .name, .keepOriginal]
  /// What a stage that computes a number from a number takes.
  public static let scaler: CommonKeys = [.columns, .missing, .name, .keepOriginal]
}

/// The keys that stages share.
public struct Common: Sendable, Equatable {
  /// Where the step acts.
  public var columns: Selector?
  /// The step's address for `--set`, `of()`, `from()` and messages.
  public var id: String?
  /// When it acts.
  public var when: When?
  /// What it makes of missing values.
  public var missing: MissingPolicy?
  /// What it makes of unseen values.
  public var unknown: UnknownPolicy?
  /// The template for new columns: `{column}`, `{value}`, `{stage}`.
  public var name: String?
  /// Whether the source column stays.
  public var keepOriginal = false
  /// The lints that are silenced in this step.
  public var lints = LintOptions()

  /// Everything at its default.
  public init() {}
}
