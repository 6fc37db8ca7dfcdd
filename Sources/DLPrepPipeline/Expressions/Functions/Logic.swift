import DLPrepData

/// `and or not`, with null as "not known": false and null is false, true or null is true.
extension ExpressionFunction {
  static let logic: [ExpressionFunction] = [
    ExpressionFunction(
      "and", [.init("a", .bool).nullable, .init("b", .bool).nullable],
      "Whether both hold; false if either is false, else null if either is null.",
      "1 < 2 and 2 < 3", "true", written: "a and b",
      type: { call throws(ExpressionError) in try call.conditions() },
      compile: { join($0, isAnd: true) }),
    ExpressionFunction(
      "or", [.init("a", .bool).nullable, .init("b", .bool).nullable],
      "Whether either holds; true if either is true, else null if either is null.",
      "1 > 2 or null", "null", written: "a or b",
      type: { call throws(ExpressionError) in try call.conditions() },
      compile: { join($0, isAnd: false) }),
    ExpressionFunction(
      "not", [.init("a", .bool)], "Whether it doesn't hold.", "not 1 > 2", "true",
      written: "not a",
      type: { _ in .bool },
      compile: { call in
        let argument = call.arguments[0]
        let out = Column()
        return { frame, active in
          let a = argument(frame, active)
          out.prepare(.flags, like: a)
          transform(a.flags, frame.count, into: &out.flags) { $0 ^ 1 }
          return out
        }
      }),
  ]

  /// The right side is asked only where the left one doesn't decide.
  private static func join(_ call: CompiledCall, isAnd: Bool) -> Evaluation {
    let (left, right) = (call.arguments[0], call.arguments[1])
    let out = Column()
    return { frame, active in
      let a = left(frame, active)
      let aTrue = a.trueRows
      let aFalse = a.falseRows(aTrue)
      let b = right(frame, without(active, isAnd ? aFalse : aTrue))
      let bTrue = b.trueRows
      let bFalse = b.falseRows(bTrue)
      out.prepare(.flags, count: frame.count)
      for i in aTrue.indices {
        let isTrue = isAnd ? aTrue[i] & bTrue[i] : aTrue[i] | bTrue[i]
        let isFalse = isAnd ? aFalse[i] | bFalse[i] : aFalse[i] & bFalse[i]
        out.missing.words[i] = ~(isTrue | isFalse)
      }
      out.missing.clearTail()
      // What the flag of a missing row is means nothing.
      combine(a.flags, b.flags, frame.count, into: &out.flags) { isAnd ? $0 & $1 : $0 | $1 }
      if a.missing.any || b.missing.any { settle(out, a, b, isAnd) }
      return out
    }
  }

  /// Sets the flags of rows that one side decides while the other is missing.
  private static func settle(_ out: Column, _ a: Column, _ b: Column, _ isAnd: Bool) {
    let decided: UInt8 = isAnd ? 0 : 1
    for side in [a, b] {
      side.missing.forEachMissing { row in
        if !out.missing[row] { out.flags[row] = decided }
      }
    }
  }
}

extension ExpressionCall {
  fileprivate mutating func conditions() throws(ExpressionError) -> ExpressionType {
    for position in arguments.indices where types[position] == .null {
      try convert(position, to: .bool)
    }
    return .bool
  }
}

extension Column {
  /// The rows whose flag is not set and not missing; the tail may be set.
  func falseRows(_ trueRows: RowMask) -> RowMask {
    zip(trueRows, missing.words).map { ~($0 | $1) }
  }
}

extension Bitmap {
  /// Clears the bits beyond the last row.
  mutating func clearTail() {
    if count & 63 != 0 { words[count >> 6] &= (1 &<< UInt64(count & 63)) &- 1 }
  }
}
