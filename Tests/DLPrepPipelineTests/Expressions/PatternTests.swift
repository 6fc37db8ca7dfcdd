import DLPrepPipeline
import Testing

private func isFound(_ pattern: String, in text: String) throws -> Bool {
  let matcher = PatternMatcher(try BytePattern(pattern))
  let bytes = Array(text.utf8)
  return unsafe bytes.withUnsafeBufferPointer { unsafe matcher.isFound(in: $0) }
}

@Test(arguments: [
  ("", "", true), ("", "abc", true), ("a", "bab", true), ("^a", "ba", false), ("a$", "ab", false),
  ("^$", "", true), ("^[A-Z]{2}-\\d+$", "AB-12", true), ("^[A-Z]{2}-\\d+$", "ABC-1", false),
  ("colou?r", "color", true), ("a|b|", "c", true), ("^(?:ab)+$", "ababab", true),
  ("^(ab){2,3}$", "abababab", false), ("^a{0}$", "", true), ("x{,2}", "x{,2}", true),
  ("a{2", "a{2", true), ("^.$", "é", true), ("^.$", "👍", true), ("^..$", "é", false),
  (".", "\n", false), ("(?s)^.$", "\n", true), ("(?i)straße", "STRAßE", true),
  ("(?i)É", "é", true), ("a(?i)b", "aB", true), ("(a(?i)b)c", "aBC", false),
  ("(?i:a)b", "Ab", true), ("(?i:a)b", "AB", false), ("\\bcat\\b", "a cat!", true),
  ("\\bcat\\b", "concat", false), ("\\Bcat", "concat", true), ("[^a-z]", "abc", false),
  ("[]a]", "]", true), ("[a-]", "-", true), ("[^]]", "]", false), ("[[:digit:]x]", "7", true),
  ("\\x41\\u{1F44D}", "A👍", true), ("\\p{Lu}\\p{Ll}", "Éa", true), ("^\\p{N}$", "٣", true),
  ("^\\d$", "٣", false), ("\\.", "a", false), ("(?m)^b$", "a\nb\nc", true), ("^b$", "a\nb", false),
  ("(?P<x>a)(?<y>b)", "ab", true), ("(a*)*b", "aaac", false), ("[\\d\\-]+$", "1-2", true),
  ("\\A\\w+\\z", "ab_1", true), ("[à-ü]", "é", true), ("[^é]", "é", false),
])
func patternsMatchAsTheySay(_ pattern: String, _ text: String, _ expected: Bool) throws {
  #expect(try isFound(pattern, in: text) == expected, "\(pattern) in \(text)")
}

@Test(arguments: [
  "(", ")", "a)", "[", "[b-a]", "*", "a**", "a{3,1}", "a{1001}", "((a{1000}){1000}){9}", "\\",
  "(?=a)",
  "(?!a)", "(?<=a)", "(a)\\1", "\\p{Foo}", "\\q", "[[:foo:]]", "(?x)a", "\\x4", "a++", "(?",
])
func patternsThatCantBeAreRefused(_ pattern: String) {
  #expect(throws: PatternError.self) { try BytePattern(pattern) }
}

@Test func patternsAgreeWithTheStandardLibrary() throws {
  var random = SplitMix(seed: 11)
  func pick<T>(_ values: [T]) -> T { values[Int(random.next() % UInt64(values.count))] }
  func pattern(_ depth: Int) -> String {
    switch depth == 0 ? 0 : random.next() % 8 {
    case 0, 1: pick(["a", "b", "c", ".", "[ab]", "[^a]", "é", "\\w", "\\d", "\\b"])
    case 2: pattern(depth - 1) + pattern(depth - 1)
    case 3: "(?:\(pattern(depth - 1))|\(pattern(depth - 1)))"
    case 4: "(?:\(pattern(depth - 1)))" + pick(["*", "+", "?", "{2}", "{1,3}", "{0,2}"])
    case 5: "(\(pattern(depth - 1)))"
    case 6: "^" + pattern(depth - 1)
    default: pattern(depth - 1) + "$"
    }
  }
  var found = 0
  for _ in 0..<300 {
    let source = pattern(4)
    let theirs = try Regex(source).matchingSemantics(.unicodeScalar).wordBoundaryKind(.simple)
      .asciiOnlyCharacterClasses()
    let matcher = PatternMatcher(try BytePattern(source))
    // The standard library sees no word in a digit, so there is none here.
    for _ in 0..<12 {
      let text = (0..<Int(random.next() % 7)).map { _ in pick(["a", "b", "c", "é", "D", " "]) }
        .joined()
      let bytes = Array(text.utf8)
      let own = unsafe bytes.withUnsafeBufferPointer { unsafe matcher.isFound(in: $0) }
      #expect(try own == (theirs.firstMatch(in: text) != nil), "\(source) in '\(text)'")
      if own { found += 1 }
    }
  }
  #expect(found > 500)
}

@Test func aPatternThatExplodesElsewhereIsLinear() throws {
  let text = String(repeating: "a", count: 20_000)
  #expect(try !isFound("^(a+)+$", in: text + "b"))
  #expect(try isFound("(a|aa)+$", in: text))
  // More states than are kept at a time.
  let bits = (0..<20_000).map { $0 * 7919 % 13 < 6 ? "a" : "b" }.joined()
  #expect(try isFound("a.{11}b", in: bits))
  #expect(try !isFound("a.{11}c", in: bits))
}

@Test func anyBytesAreAPatternOrRefused() {
  var random = SplitMix(seed: 3)
  let parts = Array("()[]{}*+?|^$.\\-,:=!<>iabdwpsxu019é").map { String($0) }
  for _ in 0..<4000 {
    let text = (0..<Int(random.next() % 10)).map { _ in
      parts[Int(random.next() % UInt64(parts.count))]
    }
    guard let pattern = try? BytePattern(text.joined()) else { continue }
    let bytes = (0..<8).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let matcher = PatternMatcher(pattern)
    _ = unsafe bytes.withUnsafeBufferPointer { unsafe matcher.isFound(in: $0) }
  }
}
