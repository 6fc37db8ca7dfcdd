/// What a file given as a pipeline turned out to be.
public enum LoadedPipeline: Sendable {
  /// A pipeline file: it may have to learn.
  case unfitted(Pipeline)
  /// A fitted pipeline: it never learns.
  case fitted(FittedPipeline)

  /// What the steps are, fitted or not.
  public var pipeline: Pipeline {
    switch self {
    case .unfitted(let pipeline): pipeline
    case .fitted(let fitted): fitted.pipeline
    }
  }

  /// The fitted pipeline, if it is one.
  public var fitted: FittedPipeline? {
    if case .fitted(let fitted) = self { fitted } else { nil }
  }
}
