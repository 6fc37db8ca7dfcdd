/// How text falls apart into terms: data, so that the engine can count them.
///
/// The terms are those of scikit-learn's vectorizers: the same characters, the same order.
public struct Tokenizer: Hashable, Sendable {
  /// What terms are made of.
  public enum Unit: Hashable, Sendable {
    /// Runs of two or more word characters, scikit-learn's `\b\w\w+\b`.
    case words
    /// Characters; runs of white space count as one.
    case characters
    /// Characters of each word with a space on both ends.
    case charactersOfWords
    /// What stands between separators, each different one once; empty parts are none.
    case parts(separator: String)
  }

  /// What terms are made of.
  public var unit: Unit
  /// How many units the shortest and the longest terms have.
  public var lengths: ClosedRange<Int>
  /// Whether letters become lower case first, as Python's `str.lower` does it.
  public var lowercases: Bool
  /// Words that are left out before terms are made.
  public var stopWords: Set<[UInt8]>

  /// A way to take text apart.
  public init(
    _ unit: Unit, lengths: ClosedRange<Int> = 1...1, lowercases: Bool = false,
    stopWords: Set<[UInt8]> = []
  ) {
    self.unit = unit
    self.lengths = lengths
    self.lowercases = lowercases
    self.stopWords = stopWords
  }
}
