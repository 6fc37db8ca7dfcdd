import DLPrepData

/// `if case coalesce is_null in`.
extension ExpressionFunction {
  static let conditions: [ExpressionFunction] = [
    ExpressionFunction(
      "if",
      [
        .init("condition", .bool), .init("a", .any).nullable, .init("b", .any).nullable,
      ],
      "a where the condition holds, else b; null where the condition is null.",
      "if(2 > 1, 'yes', 'no')", "yes",
      type: { call throws(ExpressionError) in try call.unify(1...2) },
      compile: { call in
        let choice = Choice(call.type)
        let (condition, a, b) = (call.arguments[0], call.arguments[1], call.arguments[2])
        return { frame, active in
          let holds = condition(frame, active)
          let isTrue = holds.trueRows
          let isFalse = holds.falseRows(isTrue)
          choice.start(frame)
          choice.take(0, a(frame, both(active, isTrue)), isTrue)
          choice.take(1, b(frame, both(active, isFalse)), isFalse)
          return choice.finish()
        }
      }),
    ExpressionFunction(
      "case",
      [.init("condition", .any).nullable, .init("value", .any).nullable.repeated],
      "The value after the first condition that holds; the last argument, if it has no condition, "
        + "where none does, else null.",
      "case(1 > 2, 'a', null, 'b', 3 > 2, 'c', 'd')", "c",
      written: "case(condition, value, condition, value, ..., else)",
      type: { call throws(ExpressionError) in try call.cases() },
      compile: { call in
        let choice = Choice(call.type)
        let arguments = call.arguments
        return { frame, active in
          choice.start(frame)
          var rest = active ?? RowMask(repeating: .max, count: frame.noRows.count)
          for i in stride(from: 0, to: arguments.count - 1, by: 2) {
            let isTrue = both(rest, arguments[i](frame, rest).trueRows)
            choice.take(i / 2, arguments[i + 1](frame, isTrue), isTrue)
            rest = without(rest, isTrue)
          }
          if arguments.count % 2 == 1, let last = arguments.last {
            choice.take(arguments.count / 2, last(frame, rest), rest)
          }
          return choice.finish()
        }
      }),
    ExpressionFunction(
      "coalesce", [.init("a", .any).nullable, .init("b", .any).nullable.repeated],
      "The first value that isn't null.", "coalesce(null, 3, 4)", "3",
      type: { call throws(ExpressionError) in try call.unify(call.arguments.indices) },
      compile: { call in
        let choice = Choice(call.type)
        let arguments = call.arguments
        return { frame, active in
          choice.start(frame)
          var rest = active ?? RowMask(repeating: .max, count: frame.noRows.count)
          for (i, argument) in arguments.enumerated() {
            let value = argument(frame, rest)
            let present = without(rest, value.missing.words)
            choice.take(i, value, present)
            rest = without(rest, present)
          }
          return choice.finish()
        }
      }),
    ExpressionFunction(
      "is_null", [.init("a", .any).nullable], "Whether the value is missing.",
      "is_null(log(-1))", "true",
      type: { call throws(ExpressionError) in
        if call.types[0] == .null { try call.convert(0, to: .bool) }
        return .bool
      },
      compile: { call in
        let argument = call.arguments[0]
        let out = Column()
        return { frame, active in
          let a = argument(frame, active)
          out.prepare(.flags, count: frame.count)
          for row in 0..<frame.count { out.flags[row] = 0 }
          a.missing.forEachMissing { out.flags[$0] = 1 }
          return out
        }
      }),
    ExpressionFunction(
      "in", [.init("a", .any), .init("value", .any).literal.repeated],
      "Whether the value is one of some literals; not in: whether it is none of them.",
      "3 in (1, 2, 3)", "true", written: "a in (value, ...)",
      type: { call throws(ExpressionError) in
        try call.unify(call.arguments.indices)
        return .bool
      },
      compile: { member($0) }),
  ]

  private static func member(_ call: CompiledCall) -> Evaluation {
    let values = call.typed.dropFirst().compactMap(\.literal)
    let argument = call.arguments[0]
    let out = Column()
    switch call.typed[0].type.storage {
    case .codes, .text:
      let levels = Levels(
        values.map { value in
          if case .text(let text) = value { Array(text.utf8) } else { [] }
        })
      return unsafe TextFunction.flag(argument) { unsafe levels.code(of: $0.span) != nil }
    case .floats:
      let numbers = values.compactMap { value -> Double? in
        if case .float(let number) = value { number } else { nil }
      }
      return { frame, active in
        let a = argument(frame, active)
        out.prepare(.flags, like: a)
        transform(a.floats, frame.count, into: &out.flags) { numbers.contains($0) ? 1 : 0 }
        return out
      }
    case .integers, .flags, .sparse:
      let numbers = Set(
        values.compactMap { value -> Int64? in
          switch value {
          case .integer(let number): number
          case .bool(let flag): flag ? 1 : 0
          default: nil
          }
        })
      let few = numbers.count <= 8 ? Array(numbers) : []
      return { frame, active in
        let a = argument(frame, active)
        out.prepare(.flags, like: a)
        if a.storage == .flags {
          transform(a.flags, frame.count, into: &out.flags) { few.contains(Int64($0)) ? 1 : 0 }
        } else if few.isEmpty {
          transform(a.integers, frame.count, into: &out.flags) { numbers.contains($0) ? 1 : 0 }
        } else {
          transform(a.integers, frame.count, into: &out.flags) { few.contains($0) ? 1 : 0 }
        }
        return out
      }
    }
  }
}

extension ExpressionCall {
  /// The type of `case`: conditions and values take turns, the values are of one type.
  fileprivate mutating func cases() throws(ExpressionError) -> ExpressionType {
    let count = arguments.count
    guard count >= 2 else {
      throw ExpressionError(
        .type, "'case': expected at least 2 arguments, found \(count)", at: offset,
        hint: "it is written \(function.signature)")
    }
    var values: [Int] = []
    for position in 0..<count {
      guard position % 2 == 0, position + 1 < count else {
        values.append(position)
        continue
      }
      switch types[position] {
      case .bool, .unknown: continue
      case .null: try convert(position, to: .bool)
      default:
        throw error(
          "'case': expected a condition, found \(types[position].name)", position,
          hint: "it is written \(function.signature)")
      }
    }
    return try unify(values)
  }
}
