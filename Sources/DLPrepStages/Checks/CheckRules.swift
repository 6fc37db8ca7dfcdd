import DLPrepData
import DLPrepPipeline

/// The rules of a check on one column: which of them each row fails, a bit a rule.
final class CheckRules {
  private static let limit = 1 << 30

  private let check: Check
  private let field: Field
  /// The rules, a bit each, with what they expect.
  private var rules: [(key: String, expected: String)] = []
  private var ofValue: [(bit: UInt32, passes: (Span<UInt8>) -> Bool)] = []
  private let map = CategoryMap<UInt32>(missing: 0, .ignore, unknown: 0, .value)
  private let reader = CodeReader()
  private let seen = Levels()
  private var notNull: UInt32 = 0
  private var min: UInt32 = 0
  private var max: UInt32 = 0
  private var unique: UInt32 = 0

  /// The rules that each row of the last block fails.
  private(set) var marks: [UInt32] = []
  /// How many rows of the last block fail any.
  private(set) var failed = 0

  init(_ check: Check, _ field: Field) {
    self.check = check
    self.field = field
    if check.notNull { notNull = add("not_null", "a value") }
    if let bound = check.min { min = add("min", "at least \(bound)") }
    if let bound = check.max { max = add("max", "at most \(bound)") }
    if check.unique { unique = add("unique", "a value that wasn't there before") }
    if let words = check.in {
      let levels = Levels(words.map { categoryKey($0, for: field.type) })
      let some = words.prefix(5).joined(separator: ", ") + (words.count > 5 ? ", ..." : "")
      ofValue.append((add("in", "one of \(some)"), { levels.code(of: $0) != nil }))
    }
    if let words = check.notIn {
      let levels = Levels(words.map { categoryKey($0, for: field.type) })
      ofValue.append((add("not_in", "another value"), { levels.code(of: $0) == nil }))
    }
    if let pattern = check.match, let program = try? BytePattern(pattern) {
      let matcher = PatternMatcher(program)
      let bit = add("match", "a match of /\(pattern)/")
      ofValue.append(
        (
          bit,
          { unsafe $0.withUnsafeBufferPointer { unsafe matcher.isFound(in: $0) } }
        ))
    }
    if let range = check.length {
      let bit = add("length", "a length from \(range.least) to \(range.most)")
      ofValue.append((bit, { (range.least...range.most).contains(scalarCount($0)) }))
    }
  }

  private func add(_ key: String, _ expected: String) -> UInt32 {
    rules.append((key, expected))
    return 1 << UInt32(rules.count - 1)
  }

  /// Finds the rules that each row fails.
  func mark(_ slot: Int, _ block: Block, _ run: RunContext) {
    let column = block.columns[slot]
    let count = column.count
    // Local while they are set: a class's property would be checked for every row.
    var marks = Array(repeating: UInt32(0), count: count)
    if !ofValue.isEmpty {
      map.read(slot, of: block, run) { bytes in
        var mark: UInt32 = 0
        for rule in ofValue where !rule.passes(bytes) { mark |= rule.bit }
        return mark
      }
      marks.replaceSubrange(0..<count, with: map.values[..<count])
    }
    if min | max != 0 { markNumbers(column, &marks) }
    let notNull = notNull
    column.missing.forEachMissing { marks[$0] = notNull }
    if unique != 0 { markRepeated(column, &marks, block, run) }
    failed = marks.count { $0 != 0 }
    self.marks = marks
  }

  private func markNumbers(_ column: Column, _ marks: inout [UInt32]) {
    let (low, high) = (check.min ?? -.infinity, check.max ?? .infinity)
    let (below, above) = (min, max)
    if column.storage == .integers {
      let integers = column.integers
      for row in marks.indices {
        let number = Double(integers[row])
        marks[row] |= (number < low ? below : 0) | (number > high ? above : 0)
      }
    } else {
      let floats = column.floats
      for row in marks.indices {
        marks[row] |= (floats[row] < low ? below : 0) | (floats[row] > high ? above : 0)
      }
    }
  }

  private func markRepeated(
    _ column: Column, _ marks: inout [UInt32], _ block: Block, _ run: RunContext
  ) {
    unsafe reader.read(column) { levels, codes in
      let strings = levels.strings
      let bytes = strings.bytes.span
      for row in marks.indices where unsafe codes[row] >= 0 {
        let before = seen.count
        _ = seen.intern(bytes.extracting(unsafe strings.range(Int(codes[row]))))
        if seen.count == before { marks[row] |= unique }
      }
    }
    if seen.byteCount > Self.limit {
      run.fail(
        0, of: block, .limit, "expected at most 1 GiB of values to tell apart for 'unique'",
        hint: "check a shorter key")
    }
  }

  /// How often each rule failed in the last block.
  var counts: [(rule: String, count: Int)] {
    rules.indices.map { rule in
      (rules[rule].key, marks.count { $0 >> UInt32(rule) & 1 == 1 })
    }
  }

  /// What is wrong with a row: every rule it fails.
  func message(_ column: Column, _ row: Int) -> String {
    let broken = rules.indices.filter { marks[row] >> UInt32($0) & 1 == 1 }
    let expected = broken.map { rules[$0].expected }.joined(separator: " and ")
    return "expected \(expected), found \(found(column, row))"
  }

  private func found(_ column: Column, _ row: Int) -> String {
    if column.missing[row] { return "a missing one" }
    switch column.storage {
    case .text: return "'\(String(decoding: column.text[row], as: UTF8.self))'"
    case .codes:
      let bytes = column.levels?[Int(column.codes[row])] ?? []
      return "'\(String(decoding: bytes, as: UTF8.self))'"
    case .flags: return column.flags[row] == 0 ? "'false'" : "'true'"
    case .floats, .integers, .sparse: return "'\(printed(column, row, field.type))'"
    }
  }
}

/// How many Unicode scalars some UTF-8 has: every byte but continuations starts one.
private func scalarCount(_ bytes: Span<UInt8>) -> Int {
  bytes.indices.count { bytes[$0] & 0xC0 != 0x80 }
}
