import DLPrepData

/// Literals as columns: filled once, as long as the longest block.
enum LiteralColumn {
  static func evaluation(_ literal: ExpressionLiteral, _ type: ExpressionType) -> Evaluation {
    let out = Column()
    let levels = Levels()
    var filled = 0
    return { frame, _ in
      out.prepare(type.storage, count: frame.count)
      switch type.storage {
      case .text:
        for _ in 0..<frame.count { out.text.append(bytes(literal)) }
      case .codes:
        out.levels = levels
        fill(&out.codes, literal == .null ? -1 : levels.intern(bytes(literal).span), filled)
      case .floats: fill(&out.floats, number(literal), filled)
      case .integers: fill(&out.integers, integer(literal), filled)
      case .flags: fill(&out.flags, literal == .bool(true) ? 1 : 0, filled)
      case .sparse: break
      }
      filled = max(filled, frame.count)
      if literal == .null { out.missing.fill() }
      return out
    }
  }

  private static func fill<T>(_ values: inout [T], _ value: T, _ filled: Int) {
    guard filled < values.count else { return }
    for row in filled..<values.count { values[row] = value }
  }

  private static func bytes(_ literal: ExpressionLiteral) -> [UInt8] {
    if case .text(let text) = literal { Array(text.utf8) } else { [] }
  }

  private static func number(_ literal: ExpressionLiteral) -> Double {
    switch literal {
    case .float(let value): value
    case .integer(let value): Double(value)
    default: 0
    }
  }

  private static func integer(_ literal: ExpressionLiteral) -> Int64 {
    if case .integer(let value) = literal { value } else { 0 }
  }
}
