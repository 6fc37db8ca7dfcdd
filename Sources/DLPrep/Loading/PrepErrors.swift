/// Everything that is wrong with a pipeline file, found in one go.
public struct PrepErrors: Error, Sendable, Equatable {
  /// The problems, in the order of the file; never none.
  public var all: [PrepError]

  /// Puts problems together.
  public init(_ all: [PrepError]) { self.all = all }
}
