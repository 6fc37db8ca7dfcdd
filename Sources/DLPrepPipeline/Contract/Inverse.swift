/// Whether what a step does to its columns can be taken back.
public enum Inverse: Sendable, Equatable {
  /// The values come back, up to rounding.
  case exact
  /// Values come back that the step turns into the same result again; the sentence says which.
  case lossy(String)
  /// Nothing leads back.
  case none

  /// The word for it.
  public var word: String {
    switch self {
    case .exact: "exact"
    case .lossy: "lossy"
    case .none: "none"
    }
  }

  /// The word, and what is lost.
  public var text: String {
    if case .lossy(let loss) = self { "lossy: \(loss)" } else { word }
  }
}
