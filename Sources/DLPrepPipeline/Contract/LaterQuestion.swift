/// Something that a stage asks only once it knows the first answers, for plans.
public struct LaterQuestion: Sendable, Equatable {
  /// What it asks for, in words.
  public var words: String
  /// How often the values are gone over for it at most.
  public var sweeps: Int

  /// Says what is asked later and what it costs at most.
  public init(_ words: String, sweeps: Int) {
    self.words = words
    self.sweeps = sweeps
  }
}
