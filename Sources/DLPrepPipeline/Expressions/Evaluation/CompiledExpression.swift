package import DLPrepData

/// An expression opened for one worker: a tree of operations on whole columns, each with a buffer
/// of its own.
///
/// An integer column of an input may come with decimals (see `InputColumn`). Rows in which it is
/// whole are then worked out as ever, the others with floats in its place, so that what a row gives
/// doesn't depend on the rows beside it.
package final class CompiledExpression {
  /// What it gives.
  package let type: ExpressionType
  private let evaluation: Evaluation
  private let ofFloats: (type: ExpressionType, evaluation: Evaluation)?
  /// The integer columns that it looks at.
  private let integers: [Int]
  private var whole: [Int: Column] = [:]
  private let joined = Column()
  private let widened = Column()

  /// Opens an expression; `ofFloats` is the same with floats for its integer columns, where its
  /// types allow that.
  package init(
    _ typed: TypedExpression, ofFloats: TypedExpression?, _ scope: ExpressionScope,
    _ zones: ExpressionZones
  ) {
    type = typed.type
    evaluation = Self.open(typed, zones)
    self.ofFloats = ofFloats.map { ($0.type, Self.open($0, zones)) }
    integers = typed.columns.filter { scope.variables[$0].type == .integer }.sorted()
  }

  /// What it gives for the rows of a frame.
  ///
  /// The column holds until the next call, and isn't to be changed. What happens in rows that are removed isn't counted.
  package func evaluate(_ frame: EvaluationFrame, removed: Bitmap? = nil) -> Column {
    let active = removed.map { $0.words.map { ~$0 } }
    let decimal = integers.filter { frame.columns[$0].storage == .floats }
    if decimal.isEmpty { return evaluation(frame, active) }
    let columns = frame.columns
    var isWhole = RowMask(repeating: .max, count: frame.noRows.count)
    for position in decimal {
      isWhole = both(isWhole, useWhole(position, of: frame))
    }
    let hasDecimals = (0..<frame.count).contains { isWhole[$0 >> 6] &>> UInt64($0 & 63) & 1 == 0 }
    guard hasDecimals else {
      defer { frame.columns = columns }
      return evaluation(frame, active)
    }
    let own = evaluation(frame, both(active, isWhole))
    let choice = Choice(ofFloats?.type ?? type)
    choice.start(frame)
    choice.take(0, widen(own), isWhole)
    frame.columns = columns
    if let ofFloats {
      for position in integers where frame.columns[position].storage == .integers {
        let floats = frame.columns[position].copied()
        floats.convertToFloats()
        frame.columns[position] = floats
      }
      let rest = isWhole.map { ~$0 }
      choice.take(1, ofFloats.evaluation(frame, both(active, rest)), rest)
      frame.columns = columns
    }
    joined.assign(choice.finish())
    return joined
  }

  /// Puts the whole numbers of a column in its place, the others missing; gives the rows where it
  /// is whole or missing.
  private func useWhole(_ position: Int, of frame: EvaluationFrame) -> RowMask {
    let column = frame.columns[position]
    let made = whole[position] ?? Column()
    whole[position] = made
    made.prepare(.integers, like: column)
    var rows = RowMask(repeating: .max, count: frame.noRows.count)
    for row in 0..<frame.count where !column.missing[row] {
      let value = column.floats[row]
      if abs(value) <= 0x1p53, value == value.rounded(.towardZero) {
        made.integers[row] = Int64(value)
      } else {
        made.missing[row] = true
        rows[row >> 6] &= ~((1 as UInt64) &<< UInt64(row & 63))
      }
    }
    frame.columns[position] = made
    return rows
  }

  /// Integers as floats, where the other rows give floats.
  private func widen(_ column: Column) -> Column {
    guard ofFloats?.type == .float, column.storage == .integers else { return column }
    widened.assign(column)
    widened.convertToFloats()
    return widened
  }

  private static func open(_ typed: TypedExpression, _ zones: ExpressionZones) -> Evaluation {
    switch typed.kind {
    case .literal(let literal): return LiteralColumn.evaluation(literal, typed.type)
    case .column(let position): return { frame, _ in frame.columns[position] }
    case .converted(let inner):
      return Conversion.evaluation(open(inner, zones), inner.type, typed.type)
    case .call(let function, let arguments):
      return function.compile(
        CompiledCall(
          arguments: arguments.map { open($0, zones) }, typed: arguments, type: typed.type,
          zones: zones))
    }
  }
}
