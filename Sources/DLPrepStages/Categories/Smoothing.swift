public import DLPrepData
public import DLPrepPipeline

/// How strongly the mean of a small category is drawn towards the mean of all rows.
public enum Smoothing: ParameterValue {
  /// By the spread within the category against that of all rows (empirical Bayes).
  case auto
  /// As if that many rows with the mean of all rows were added.
  case rows(Double)

  /// What may stand there.
  public static var expected: String { "auto, or a number from 0" }
  /// Reads it from a pipeline file.
  public init(_ node: ConfigNode) throws(PrepError) {
    if case .scalar("auto", _, _) = node {
      self = .auto
    } else {
      guard case .scalar = node, let rows = try? Double(node), rows >= 0 else {
        throw Self.mismatch(node)
      }
      self = .rows(rows)
    }
  }
  /// How a pipeline file says it.
  public var node: ConfigNode? {
    switch self {
    case .auto: .text("auto")
    case .rows(let rows): rows.node
    }
  }

  /// The encoding of a category, as scikit-learn's `TargetEncoder` has it.
  ///
  /// auto: λ·mean + (1 - λ)·prior with λ = n·σ²y / (n·σ²y + σ²), population variances.
  func encoding(_ category: Moments, prior: Moments) -> Double {
    guard category.count > 0 else { return prior.mean }
    let n = Double(category.count)
    switch self {
    case .rows(let m): return (n * category.mean + m * prior.mean) / (n + m)
    case .auto:
      let weight = n * prior.variance
      let share = weight / (weight + category.variance)
      return share.isNaN ? prior.mean : share * category.mean + (1 - share) * prior.mean
    }
  }
}

/// How training rows fall into folds.
public enum FoldChoice: ParameterValue {
  /// By a hash, into that many.
  case number(Int)
  /// By the values of a column.
  case column(String)

  /// What may stand there.
  public static var expected: String { "a number from 2 to 255, or {column: name}" }
  /// Reads it from a pipeline file.
  public init(_ node: ConfigNode) throws(PrepError) {
    switch node {
    case .map(let entries, _):
      guard entries.count == 1, entries[0].key == "column" else { throw Self.mismatch(node) }
      self = .column(try String(entries[0].value))
    default:
      guard let number = try? Int(node), (2...255).contains(number) else {
        throw Self.mismatch(node)
      }
      self = .number(number)
    }
  }
  /// How a pipeline file says it.
  public var node: ConfigNode? {
    switch self {
    case .number(let number): number.node
    case .column(let name): .map([("column", .text(name))])
    }
  }
}
