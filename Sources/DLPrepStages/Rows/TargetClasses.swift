import DLPrepData
import DLPrepPipeline

extension TrainingView {
  /// The rows of each class that occurs, in byte order of the classes; an error where the target is
  /// a number.
  func classes(for stage: String) throws(PrepError) -> [(name: String, rows: [Int])] {
    guard let target, !target.classes.isEmpty else {
      throw PrepError(
        .type, "'\(stage)' expected a target of classes, found a number",
        hint: "declare the target as bool or category")
    }
    var classes = target.classes.map { (name: String(decoding: $0, as: UTF8.self), rows: [Int]()) }
    for (row, position) in targets.enumerated() { classes[Int(position)].rows.append(row) }
    return classes.filter { !$0.rows.isEmpty }
  }
}

extension [UInt64] {
  /// Some rows repeated until there are `count` more: all of them equally often, the rest those with
  /// the lowest numbers here.
  func repeats(_ count: Int, of rows: [Int]) -> [Int] {
    let (rounds, rest) = Swift.max(0, count).quotientAndRemainder(dividingBy: rows.count)
    return (0..<rounds).flatMap { _ in rows } + lowest(rest, of: rows).sorted()
  }
}
