public import DLPrepData
public import DLPrepPipeline

/// How many words or characters the shortest and the longest terms have.
public struct NgramRange: ParameterValue {
  /// The longest that any may be.
  static let most = 100
  /// From the shortest to the longest.
  public var lengths: ClosedRange<Int>

  /// Terms of these lengths.
  public init(_ lengths: ClosedRange<Int>) { self.lengths = lengths }

  /// What may stand there.
  public static var expected: String { "two rising whole numbers between 1 and \(most)" }
  /// Reads it from a pipeline file.
  public init(_ node: ConfigNode) throws(PrepError) {
    guard case .list(let nodes, _) = node, nodes.count == 2, let low = try? Int(nodes[0]),
      let high = try? Int(nodes[1]), 1 <= low, low <= high, high <= Self.most
    else { throw Self.mismatch(node) }
    lengths = low...high
  }
  /// How a pipeline file says it.
  public var node: ConfigNode? {
    .list([.text("\(lengths.lowerBound)"), .text("\(lengths.upperBound)")])
  }
}
