import DLPrepData

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Functions of numbers. A result that is no finite number is null, and counted.
extension ExpressionFunction {
  static let maths: [ExpressionFunction] = [
    ExpressionFunction(
      "abs", [.init("x", [.number, .span])], "The number without its sign.", "abs(-3)", "3",
      type: { $0.types[0] },
      compile: { call in
        call.type == .float
          ? Operation.float(call) { abs($0) }
          : Operation.integer(call) { ($0 < 0 ? 0 &- $0 : $0, $0 == .min) }
      }),
    ofFloat("log", "The natural logarithm; null up to 0.", "log(1)", "0.0") { log($0) },
    ofFloat("log1p", "The natural logarithm of 1 + x, exact near 0.", "log1p(0)", "0.0") {
      log1p($0)
    },
    ofFloat("exp", "e to the power x.", "exp(0)", "1.0") { exp($0) },
    ofFloat("sqrt", "The square root; null below 0.", "sqrt(16)", "4.0") { $0.squareRoot() },
    ExpressionFunction(
      "pow", [.init("x", .number), .init("y", .number)], "x to the power y, always a float.",
      "pow(2, 10)", "1024.0",
      type: { call throws(ExpressionError) in
        if !call.isOpen { for position in 0...1 { try call.convert(position, to: .float) } }
        return .float
      },
      compile: { Operation.floats($0, Power.self) }),
    rounding("floor", "The nearest whole number not above x.", "floor(-1.5)", "-2.0") {
      $0.rounded(.down)
    },
    rounding("ceil", "The nearest whole number not below x.", "ceil(1.2)", "2.0") {
      $0.rounded(.up)
    },
    ExpressionFunction(
      "round", [.init("x", .number), .init("digits", .integer).literal.optional],
      "The nearest number with that many decimals (0 to 15, default 0); halves go to the even one.",
      "round(2.345, 1)", "2.3",
      type: { call throws(ExpressionError) in
        if case .integer(let digits)? = call.arguments.last?.literal, call.arguments.count == 2,
          !(0...15).contains(digits)
        {
          throw call.error("expected 0 to 15 digits, found \(digits)", 1)
        }
        return call.types[0]
      },
      compile: { call in
        if call.type == .integer { return call.arguments[0] }
        let scale = pow(10, Double(call.integer(1) ?? 0))
        return Operation.float(call) { x in
          let scaled = x * scale
          // Beyond 2^52 there are no decimals to round.
          return abs(scaled) < 0x1p52 ? scaled.rounded(.toNearestOrEven) / scale : x
        }
      }),
    extreme("min", "The least of the values; null if any is null.", "min(3, 1, 2)", "1", true),
    extreme("max", "The largest of the values; null if any is null.", "max(3, 1.5)", "3.0", false),
    ExpressionFunction(
      "clip", [.init("x", .number), .init("low", .number), .init("high", .number)],
      "x, or the bound it lies beyond; null where any of the three is.", "clip(12, 0, 10)", "10",
      type: { call throws(ExpressionError) in try call.unify(0...2) },
      compile: { call in
        let (x, low, high) = (call.arguments[0], call.arguments[1], call.arguments[2])
        let raised = leastOrMost([x, low], call.type, isLeast: false)
        return leastOrMost([raised, high], call.type, isLeast: true)
      }),
    ExpressionFunction(
      "integer", [.init("x", [.number, .bool])],
      "A condition as 0 or 1, a whole float as an integer; another float is null.",
      "integer(3 > 2) + integer(2.0)", "3",
      type: { _ in .integer },
      compile: { wholeNumber($0) }),
  ]

  private static func ofFloat(
    _ name: String, _ summary: String, _ example: String, _ result: String,
    _ body: @escaping @Sendable (Double) -> Double
  ) -> ExpressionFunction {
    ExpressionFunction(
      name, [.init("x", .number)], summary, example, result,
      type: { call throws(ExpressionError) in
        if !call.isOpen { try call.convert(0, to: .float) }
        return .float
      },
      compile: { Operation.float($0, body) })
  }

  /// Integers are whole already.
  private static func rounding(
    _ name: String, _ summary: String, _ example: String, _ result: String,
    _ body: @escaping @Sendable (Double) -> Double
  ) -> ExpressionFunction {
    ExpressionFunction(
      name, [.init("x", .number)], summary, example, result,
      type: { $0.types[0] },
      compile: { $0.type == .integer ? $0.arguments[0] : Operation.float($0, body) })
  }

  private static func extreme(
    _ name: String, _ summary: String, _ example: String, _ result: String, _ isLeast: Bool
  ) -> ExpressionFunction {
    let takes: ExpressionTypes = [.number, .time, .span]
    return ExpressionFunction(
      name, [.init("a", takes), .init("b", takes).repeated], summary, example, result,
      type: { call throws(ExpressionError) in
        let type = try call.unify(call.arguments.indices)
        if type == .category { throw call.error("expected \(takes.words), found text", 0) }
        return type
      },
      compile: { leastOrMost($0.arguments, $0.type, isLeast: isLeast) })
  }

  private static func leastOrMost(
    _ arguments: [Evaluation], _ type: ExpressionType, isLeast: Bool
  ) -> Evaluation {
    let out = Column()
    return { frame, active in
      let columns = arguments.map { $0(frame, active) }
      out.prepare(type.storage, count: frame.count)
      for (i, column) in columns.enumerated() {
        for word in out.missing.words.indices {
          out.missing.words[word] |= column.missing.words[word]
        }
        if type == .float {
          fold(column.floats, into: &out.floats, frame.count, isFirst: i == 0, isLeast)
        } else {
          fold(column.integers, into: &out.integers, frame.count, isFirst: i == 0, isLeast)
        }
      }
      return out
    }
  }

  private static func fold<T: Comparable>(
    _ values: [T], into out: inout [T], _ count: Int, isFirst: Bool, _ isLeast: Bool
  ) {
    for row in 0..<count
    where isFirst || (isLeast ? values[row] < out[row] : values[row] > out[row]) {
      out[row] = values[row]
    }
  }

  private static func wholeNumber(_ call: CompiledCall) -> Evaluation {
    let argument = call.arguments[0]
    let out = Column()
    switch call.typed[0].type {
    case .float:
      return { frame, active in
        let a = argument(frame, active)
        out.prepare(.integers, like: a)
        var lost = frame.noRows
        let isBad = transform(a.floats, frame.count, into: &out.integers, lost: &lost) {
          x -> (Int64, Bool) in
          guard abs(x) < 0x1p63, x == x.rounded(.towardZero) else { return (0, true) }
          return (Int64(x), false)
        }
        if isBad { frame.lose(lost, in: out, .noWhole, active) }
        return out
      }
    case .bool:
      return { frame, active in
        let a = argument(frame, active)
        out.prepare(.integers, like: a)
        transform(a.flags, frame.count, into: &out.integers) { Int64($0) }
        return out
      }
    default: return argument
    }
  }
}

private enum Power: RowOperation {
  static func apply(_ a: Double, _ b: Double) -> (Double, Bool) {
    let power = pow(a, b)
    return (power, !power.isFinite)
  }
}
