/// Looks for a pattern in texts: a deterministic machine that is made state by state, as texts need
/// it.
///
/// One thread at a time may use it.
public final class PatternMatcher {
  /// How many states are kept before it starts over.
  private static let stateLimit = 1000
  private static let unknown: Int32 = -1
  private static let found: Int32 = -2

  /// What stands before a place.
  private enum Before: UInt8 {
    case start
    case word
    case newline
    case other
  }

  private struct Key: Hashable {
    var before: Before
    var threads: [Int32]
  }

  private let pattern: BytePattern
  private var states: [Key] = []
  private var numbers: [Key: Int32] = [:]
  /// By state and byte: the next state, `unknown`, or `found`.
  private var moves: [Int32] = []
  /// By state: whether the pattern is found if the text ends there; nil: not worked out.
  private var atEnd: [Bool?] = []
  private var marks: [UInt32]
  private var mark: UInt32 = 0

  /// Opens a pattern.
  public init(_ pattern: BytePattern) {
    self.pattern = pattern
    marks = Array(repeating: 0, count: pattern.program.count)
    _ = number(of: Key(before: .start, threads: []))
  }

  /// Whether the pattern is found anywhere in a text.
  public func isFound(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    var state: Int32 = 0
    var at = 0
    let count = text.count
    while at < count {
      // Local while it runs: a class's property would be checked for every byte.
      let known = unsafe moves.withUnsafeBufferPointer { moves -> Int32 in
        while at < count {
          let next = unsafe moves[Int(state) << 8 | Int(text[at])]
          if next < 0 { return next }
          state = next
          at += 1
        }
        return 0
      }
      if known == Self.found { return true }
      if at == count { break }
      state = unsafe move(state, text[at])
      if state == Self.found { return true }
      at += 1
    }
    if let isFound = atEnd[Int(state)] { return isFound }
    let isFound = closure(states[Int(state)], next: nil) == nil
    atEnd[Int(state)] = isFound
    return isFound
  }

  /// Works out where a byte leads from a state.
  private func move(_ state: Int32, _ byte: UInt8) -> Int32 {
    let key = states[Int(state)]
    guard let open = closure(key, next: byte) else {
      moves[Int(state) << 8 | Int(byte)] = Self.found
      return Self.found
    }
    var threads: [Int32] = []
    for position in open {
      if case .byte(let low, let high, let next) = pattern.program[Int(position)],
        (low...max(low, high)).contains(byte), low <= high
      {
        threads.append(next)
      }
    }
    let next = Key(before: Self.before(byte), threads: Array(Set(threads)).sorted())
    if states.count >= Self.stateLimit, numbers[next] == nil {
      startOver()
      return number(of: next)
    }
    let number = number(of: next)
    moves[Int(state) << 8 | Int(byte)] = number
    return number
  }

  private func startOver() {
    states = []
    numbers = [:]
    moves = []
    atEnd = []
    _ = number(of: Key(before: .start, threads: []))
  }

  private func number(of key: Key) -> Int32 {
    if let number = numbers[key] { return number }
    let number = Int32(states.count)
    numbers[key] = number
    states.append(key)
    atEnd.append(nil)
    moves.append(contentsOf: repeatElement(Self.unknown, count: 256))
    return number
  }

  /// The byte instructions that can be next; nil where the pattern is found.
  ///
  /// A pattern may start anywhere, so its first instruction is always among the threads.
  private func closure(_ key: Key, next: UInt8?) -> [Int32]? {
    mark &+= 1
    if mark == 0 {
      for i in marks.indices { marks[i] = 0 }
      mark = 1
    }
    var open: [Int32] = []
    var stack = key.threads + [pattern.start]
    while let position = stack.popLast() {
      guard marks[Int(position)] != mark else { continue }
      marks[Int(position)] = mark
      switch pattern.program[Int(position)] {
      case .match: return nil
      case .byte: open.append(position)
      case .split(let a, let b):
        stack.append(b)
        stack.append(a)
      case .assertion(let assertion, let after):
        if Self.holds(assertion, key.before, next) { stack.append(after) }
      }
    }
    return open
  }

  private static func holds(
    _ assertion: PatternAssertion, _ before: Before, _ next: UInt8?
  ) -> Bool {
    let isBoundary = (before == .word) != (next.map { Self.before($0) == .word } ?? false)
    return switch assertion {
    case .textStart: before == .start
    case .textEnd: next == nil
    case .lineStart: before == .start || before == .newline
    case .lineEnd: next == nil || next == 0x0A
    case .wordBoundary: isBoundary
    case .noWordBoundary: !isBoundary
    }
  }

  private static func before(_ byte: UInt8) -> Before {
    switch byte {
    case 0x0A: .newline
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: .word
    default: .other
    }
  }
}
