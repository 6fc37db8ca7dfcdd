import DLPrepData

/// `== != < <= > >=`: numbers by value, text by its bytes, times in time.
extension ExpressionFunction {
  static let comparisons: [ExpressionFunction] = [
    comparison("==", .any, "Whether both are equal.", "'a' == 'A'", "false", Equal.self),
    comparison("!=", .any, "Whether they differ.", "2 != 3", "true", Unequal.self),
    comparison(
      "<", .ordered, "Whether a is less; text is compared byte by byte.", "'a' < 'b'", "true",
      Less.self),
    comparison("<=", .ordered, "Whether a is at most b.", "2 <= 2.0", "true", AtMost.self),
    comparison(">", .ordered, "Whether a is more.", "1 > 2", "false", More.self),
    comparison(">=", .ordered, "Whether a is at least b.", "3 >= 2", "true", AtLeast.self),
  ]

  private static func comparison<C: RowComparison>(
    _ sign: String, _ takes: ExpressionTypes, _ summary: String, _ example: String,
    _ result: String, _: C.Type
  ) -> ExpressionFunction {
    ExpressionFunction(
      sign, [.init("a", takes), .init("b", takes)], summary, example, result,
      written: "a \(sign) b",
      type: { call throws(ExpressionError) in
        try call.unify(0...1)
        return .bool
      },
      compile: { compare($0, C.self) })
  }

  private static func compare<C: RowComparison>(_ call: CompiledCall, _: C.Type) -> Evaluation {
    if let literal = call.text(1), call.typed[0].type == .category {
      // Once for each distinct value.
      let bytes = Array(literal.utf8)
      return unsafe TextFunction.flag(call.arguments[0]) { string in
        unsafe bytes.withUnsafeBufferPointer { literal in
          unsafe C.holds(TextRows.order(string, literal), 0)
        }
      }
    }
    let (left, right) = (call.arguments[0], call.arguments[1])
    let out = Column()
    let type = call.typed[0].type
    return { frame, active in
      let (a, b) = (left(frame, active), right(frame, active))
      out.prepare(.flags, like: a, b)
      switch type.storage {
      case .floats:
        combine(a.floats, b.floats, frame.count, into: &out.flags) { C.holds($0, $1) ? 1 : 0 }
      case .integers:
        combine(a.integers, b.integers, frame.count, into: &out.flags) { C.holds($0, $1) ? 1 : 0 }
      case .flags:
        combine(a.flags, b.flags, frame.count, into: &out.flags) { C.holds($0, $1) ? 1 : 0 }
      case .codes, .text:
        let (a, b) = (TextRows(a), TextRows(b))
        a.compare(b, into: &out.flags) { C.holds($0, 0) ? 1 : 0 }
      case .sparse: break
      }
      return out
    }
  }
}

/// A comparison of two values of one row, known when it is compiled.
private protocol RowComparison: SendableMetatype {
  static func holds<T: Comparable>(_ a: T, _ b: T) -> Bool
}

private enum Equal: RowComparison {
  static func holds<T: Comparable>(_ a: T, _ b: T) -> Bool { a == b }
}
private enum Unequal: RowComparison {
  static func holds<T: Comparable>(_ a: T, _ b: T) -> Bool { a != b }
}
private enum Less: RowComparison {
  static func holds<T: Comparable>(_ a: T, _ b: T) -> Bool { a < b }
}
private enum AtMost: RowComparison {
  static func holds<T: Comparable>(_ a: T, _ b: T) -> Bool { a <= b }
}
private enum More: RowComparison {
  static func holds<T: Comparable>(_ a: T, _ b: T) -> Bool { a > b }
}
private enum AtLeast: RowComparison {
  static func holds<T: Comparable>(_ a: T, _ b: T) -> Bool { a >= b }
}
