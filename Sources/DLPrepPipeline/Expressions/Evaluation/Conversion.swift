import DLPrepData

/// The same values as another type.
enum Conversion {
  static func evaluation(
    _ argument: @escaping Evaluation, _ from: ExpressionType, _ to: ExpressionType
  ) -> Evaluation {
    let out = Column()
    switch (from, to) {
    case (.integer, .float):
      return { frame, active in
        let a = argument(frame, active)
        out.prepare(.floats, like: a)
        transform(a.integers, frame.count, into: &out.floats) { Double($0) }
        return out
      }
    case (.date, .timestamp), (.days, .duration):
      return { frame, active in
        let a = argument(frame, active)
        out.prepare(.integers, like: a)
        var lost = frame.noRows
        let isBad = transform(a.integers, frame.count, into: &out.integers, lost: &lost) {
          $0.multipliedReportingOverflow(by: microsecondsPerDay)
        }
        if isBad { frame.lose(lost, in: out, .overflow, active) }
        return out
      }
    case (.category, .text):
      return { frame, active in
        let a = argument(frame, active)
        out.prepare(.text, like: a)
        unsafe TextRows(a).visit { _, bytes in unsafe out.text.append(bytes) }
        return out
      }
    default: return argument
    }
  }
}
