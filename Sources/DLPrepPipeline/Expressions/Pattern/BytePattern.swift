/// A regular expression compiled for UTF-8: a small machine that is looked for in time linear in
/// the text, whatever the pattern (Thompson 1968; no back-references, no look-around).
public struct BytePattern: Sendable {
  /// How many instructions a pattern may become.
  private static let sizeLimit = 20_000

  /// One instruction.
  enum Instruction: Sendable {
    /// A byte of a range, then on.
    case byte(UInt8, UInt8, next: Int32)
    /// Both ways.
    case split(Int32, Int32)
    /// Goes on where it holds.
    case assertion(PatternAssertion, next: Int32)
    /// Found.
    case match
  }

  /// The instructions.
  private(set) var program: [Instruction] = [.match]
  /// The first instruction.
  private(set) var start: Int32 = 0

  /// Compiles a pattern.
  public init(_ pattern: String) throws(PatternError) {
    var parser = PatternParser(pattern)
    start = try compile(try parser.parsed(), to: 0)
  }

  /// Adds what a node needs before the instruction at `next`.
  private mutating func compile(
    _ node: PatternNode, to next: Int32
  ) throws(PatternError) -> Int32 {
    switch node {
    case .empty: return next
    case .set(let set): return try compile(set, to: next)
    case .assertion(let assertion): return try add(.assertion(assertion, next: next))
    case .sequence(let nodes):
      var next = next
      for node in nodes.reversed() { next = try compile(node, to: next) }
      return next
    case .choice(let nodes):
      var first: Int32?
      for node in nodes.reversed() {
        let option = try compile(node, to: next)
        if let other = first { first = try add(.split(option, other)) } else { first = option }
      }
      return first ?? next
    case .repeated(let node, let least, let most):
      var next = next
      if let most {
        let end = next
        for _ in least..<most { next = try add(.split(try compile(node, to: next), end)) }
      } else {
        let loop = try add(.split(next, next))
        program[Int(loop)] = .split(try compile(node, to: loop), next)
        next = loop
      }
      for _ in 0..<least { next = try compile(node, to: next) }
      return next
    }
  }

  private mutating func compile(_ set: ScalarSet, to next: Int32) throws(PatternError) -> Int32 {
    var first: Int32?
    for sequence in UTF8Ranges.sequences(of: set).reversed() {
      var at = next
      for range in sequence.reversed() {
        at = try add(.byte(range.lowerBound, range.upperBound, next: at))
      }
      if let other = first { first = try add(.split(at, other)) } else { first = at }
    }
    // A class without scalars matches nothing: a range that holds no byte.
    return if let first { first } else { try add(.byte(1, 0, next: next)) }
  }

  private mutating func add(_ instruction: Instruction) throws(PatternError) -> Int32 {
    guard program.count < Self.sizeLimit else {
      throw PatternError(
        message: "regular expression: too large", hint: "repeat less, or take it apart")
    }
    program.append(instruction)
    return Int32(program.count - 1)
  }
}
