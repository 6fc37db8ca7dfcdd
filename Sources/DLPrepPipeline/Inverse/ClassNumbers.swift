import DLPrepBytes
import DLPrepData

/// The names of a target's classes, to be put where a table holds their numbers.
///
/// A tensor numbers the classes in the order of their bytes, and -1 is a missing one: so do models
/// that learned from it. Where a table holds text, a cell may also be a class as it stands.
struct ClassNumbers {
  /// The column of the table.
  let column: String
  /// How it is read.
  let read: CellType
  private let type: DataType
  private let classes: [[UInt8]]

  /// What is to be done with the target's column of a table; nil where it holds no class numbers.
  init?(_ target: Field, _ classes: [[UInt8]], in source: any TableSource) {
    guard target.role == .target, target.type.isTextual, !classes.isEmpty,
      let position = source.columns.firstIndex(of: target.name)
    else { return nil }
    switch source.type(ofColumn: position) {
    case .integer, .float, .bool: read = .float
    default:
      // A number could be a class as it stands.
      if classes.contains(where: { Self.number($0.span) != nil }) { return nil }
      read = .text
    }
    column = target.name
    type = target.type
    self.classes = classes
  }

  /// The step that comes before all others.
  var step: FittedStep {
    let work = InverseBlock.Operation(
      column: column, sources: [column], outputs: [[column]], keys: [],
      open: { [self] slots, _, _ in kernel(slots[0]) })
    var step = InverseBlock.Step(number: 0)
    step.operations = [work]
    step.restored = [column: type]
    return FittedStep(
      address: "classes", stage: Inversion(), place: nil,
      work: .block(InverseBlock(step: step, columns: [column]), columns: [column]))
  }

  private func kernel(_ slot: Int) -> Kernel {
    { block, run in
      let column = block.columns[slot]
      let (missing, cells) = (column.missing, column.text)
      let numbers = column.storage == .floats ? column.floats : nil
      let all = cells.bytes.span
      let levels = Levels(classes)
      var codes: [Int32] = []
      codes.reserveCapacity(column.count)
      for row in 0..<column.count {
        var code: Int32? = -1
        if !missing[row] {
          if let numbers {
            code = Int(exactly: numbers[row]).flatMap(self.code)
          } else {
            // A class that the fit didn't see stays what it is.
            let cell = all.extracting(cells.range(row))
            code = Self.number(cell).map(self.code) ?? levels.intern(cell)
          }
        }
        if code == nil {
          let found = numbers?[row].description ?? String(decoding: cells[row], as: UTF8.self)
          run.fail(
            row, of: block, .unseen,
            "expected the number of one of \(classes.count) classes, from 0, found '\(found)'")
        }
        codes.append(code ?? -1)
      }
      column.store(codes, levels, type)
    }
  }

  /// The code of the class with a number, -1 for a missing one; nil where there is none.
  private func code(_ number: Int) -> Int32? {
    (-1..<classes.count).contains(number) ? Int32(number) : nil
  }

  /// The whole number that some bytes say, such as `12`, `-1` or `3.0`.
  private static func number(_ bytes: Span<UInt8>) -> Int? {
    var end = bytes.count
    if end > 2, bytes[end - 1] == UInt8(ascii: "0"), bytes[end - 2] == UInt8(ascii: ".") {
      end -= 2
    }
    let isNegative = end > 0 && bytes[0] == UInt8(ascii: "-")
    let first = isNegative ? 1 : 0
    guard first < end, end - first < 10 else { return nil }
    var number = 0
    for i in first..<end {
      guard (48...57).contains(bytes[i]) else { return nil }
      number = number * 10 + Int(bytes[i] - 48)
    }
    return isNegative ? -number : number
  }
}

extension Column {
  /// Becomes categories, or text, of codes; -1 is missing.
  fileprivate func store(_ codes: [Int32], _ levels: Levels, _ type: DataType) {
    let isText = type == .text
    prepare(isText ? .text : .codes, count: codes.count)
    self.levels = isText ? nil : levels
    let strings = levels.strings
    for (row, code) in codes.enumerated() {
      missing[row] = code < 0
      if !isText {
        self.codes[row] = code
      } else if code < 0 {
        text.append([])
      } else {
        text.append(strings, Int(code))
      }
    }
  }
}
