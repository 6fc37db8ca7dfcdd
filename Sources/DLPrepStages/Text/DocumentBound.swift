public import DLPrepData
public import DLPrepPipeline

/// In how many texts a term must or may occur: a number of them, or a share of all.
public enum DocumentBound: ParameterValue {
  /// So many texts.
  case count(Int)
  /// That share of all texts.
  case share(Double)

  /// What may stand there.
  public static var expected: String {
    "a whole number of texts, or a share of all with a decimal point (0.5)"
  }
  /// Reads it from a pipeline file.
  public init(_ node: ConfigNode) throws(PrepError) {
    if let count = try? Int(node), count >= 0 {
      self = .count(count)
    } else if let share = try? Double(node), (0...1).contains(share),
      case .scalar(let text, _, _) = node, text.utf8.contains(UInt8(ascii: "."))
    {
      self = .share(share)
    } else {
      throw Self.mismatch(node)
    }
  }
  /// How a pipeline file says it.
  public var node: ConfigNode? {
    switch self {
    case .count(let count): .text("\(count)")
    case .share(let share): .text("\(share)")
    }
  }

  /// How many of `texts` texts it means.
  func limit(of texts: Int) -> Double {
    switch self {
    case .count(let count): Double(count)
    case .share(let share): share * Double(texts)
    }
  }
}
