import DLPrepData

/// A function of two numbers of one row, known when it is compiled, so that it becomes part of the
/// loop.
protocol RowOperation<Operand>: SendableMetatype {
  associatedtype Operand
  /// The result, and whether there is none.
  static func apply(_ a: Operand, _ b: Operand) -> (Operand, Bool)
  /// Whether an operand is refused because it divides.
  static var divides: Bool { get }
}

extension RowOperation {
  static var divides: Bool { false }
}

/// Evaluations of numeric functions from functions of one row's numbers.
enum Operation {
  /// A float of two floats.
  static func floats<O: RowOperation>(_ call: CompiledCall, _: O.Type) -> Evaluation
  where O.Operand == Double {
    let (left, right) = (call.arguments[0], call.arguments[1])
    let out = Column()
    return { frame, active in
      let (a, b) = (left(frame, active), right(frame, active))
      out.prepare(.floats, like: a, b)
      var lost = frame.noRows
      if combine(a.floats, b.floats, frame.count, into: &out.floats, lost: &lost, O.apply) {
        lose(lost, O.divides ? zeros(b, lost) : nil, .noNumber, out, frame, active)
      }
      return out
    }
  }

  /// An integer of two integers.
  static func integers<O: RowOperation>(_ call: CompiledCall, _: O.Type) -> Evaluation
  where O.Operand == Int64 {
    let (left, right) = (call.arguments[0], call.arguments[1])
    let out = Column()
    return { frame, active in
      let (a, b) = (left(frame, active), right(frame, active))
      out.prepare(.integers, like: a, b)
      var lost = frame.noRows
      if combine(a.integers, b.integers, frame.count, into: &out.integers, lost: &lost, O.apply) {
        lose(lost, O.divides ? zeros(b, lost) : nil, .overflow, out, frame, active)
      }
      return out
    }
  }

  /// The rows of a mask in which a divisor is zero.
  private static func zeros(_ divisor: Column, _ rows: RowMask) -> RowMask {
    var zeros = rows
    for row in 0..<divisor.count where rows[row >> 6] &>> UInt64(row & 63) & 1 == 1 {
      let isZero =
        divisor.storage == .floats ? divisor.floats[row] == 0 : divisor.integers[row] == 0
      if !isZero { zeros[row >> 6] &= ~((1 as UInt64) &<< UInt64(row & 63)) }
    }
    return zeros
  }

  private static func lose(
    _ rows: RowMask, _ zeros: RowMask?, _ cause: EvaluationFrame.Loss, _ out: Column,
    _ frame: EvaluationFrame, _ active: RowMask?
  ) {
    if let zeros { frame.lose(zeros, in: out, .divisionByZero, active) }
    frame.lose(rows, in: out, cause, active)
  }

  /// A float of a float; a result that isn't finite is missing.
  static func float(
    _ call: CompiledCall, _ body: @escaping @Sendable (Double) -> Double
  ) -> Evaluation {
    let argument = call.arguments[0]
    let out = Column()
    return { frame, active in
      let a = argument(frame, active)
      out.prepare(.floats, like: a)
      var lost = frame.noRows
      let isBad = transform(a.floats, frame.count, into: &out.floats, lost: &lost) {
        let value = body($0)
        return (value, !value.isFinite)
      }
      if isBad { frame.lose(lost, in: out, .noNumber, active) }
      return out
    }
  }

  /// An integer of an integer; `body` says whether there is none.
  static func integer(
    _ call: CompiledCall, loss: EvaluationFrame.Loss = .overflow,
    _ body: @escaping @Sendable (Int64) -> (Int64, Bool)
  ) -> Evaluation {
    let argument = call.arguments[0]
    let out = Column()
    return { frame, active in
      let a = argument(frame, active)
      out.prepare(.integers, like: a)
      var lost = frame.noRows
      if transform(a.integers, frame.count, into: &out.integers, lost: &lost, body) {
        frame.lose(lost, in: out, loss, active)
      }
      return out
    }
  }
}
