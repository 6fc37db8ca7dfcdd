import DLPrepData
import DLPrepPipeline

/// A column for expressions to look at.
struct Given {
  var field: Field
  var column: Column

  static func integers(_ name: String, _ values: [Int64?]) -> Given {
    given(name, .integer, .integers, values) { $0.integers[$1] = $2 }
  }
  static func floats(_ name: String, _ values: [Double?]) -> Given {
    given(name, .float, .floats, values) { $0.floats[$1] = $2 }
  }
  /// An integer column of an input in which a decimal came up.
  static func decimals(_ name: String, _ values: [Double?]) -> Given {
    given(name, .integer, .floats, values) { $0.floats[$1] = $2 }
  }
  static func bools(_ name: String, _ values: [Bool?]) -> Given {
    given(name, .bool, .flags, values) { $0.flags[$1] = $2 ? 1 : 0 }
  }
  static func dates(_ name: String, _ values: [Int64?]) -> Given {
    given(name, .date, .integers, values) { $0.integers[$1] = $2 }
  }
  static func timestamps(_ name: String, _ values: [Int64?], zone: String? = nil) -> Given {
    var made = given(name, .timestamp, .integers, values) { $0.integers[$1] = $2 }
    made.field.timeZone = zone
    return made
  }
  static func categories(_ name: String, _ values: [String?]) -> Given {
    let levels = Levels()
    let made = given(name, .category, .codes, values) { $0.codes[$1] = levels.intern($2) }
    for (row, value) in values.enumerated() where value == nil { made.column.codes[row] = -1 }
    made.column.levels = levels
    return made
  }
  static func texts(_ name: String, _ values: [String?]) -> Given {
    given(name, .text, .text, values) { column, row, value in column.text.append(value.utf8) }
  }

  private static func given<Value>(
    _ name: String, _ type: DataType, _ storage: Column.Storage, _ values: [Value?],
    _ set: (Column, Int, Value) -> Void
  ) -> Given {
    let column = Column()
    column.prepare(storage, count: values.count)
    for (row, value) in values.enumerated() {
      if let value {
        set(column, row, value)
      } else {
        column.missing[row] = true
        if storage == .text { column.text.append([]) }
      }
    }
    return Given(field: Field(name, type), column: column)
  }
}

/// What an expression gives for each row, as text, and how many values were lost.
struct Evaluated: Equatable {
  var values: [String]
  var lost: [String: Int]
}

/// Evaluates an expression over columns.
func evaluated(
  _ text: String, _ given: [Given] = [], rows: Int? = nil, zones: ExpressionZones = .init()
) throws -> Evaluated {
  var program = ExpressionProgram(given.map(\.field))
  try program.append("result", RowExpression(text))
  let frame = EvaluationFrame()
  frame.count = rows ?? given.first?.column.count ?? 1
  frame.columns = given.map(\.column)
  frame.startBlock()
  let result = program.open(zones)[0].evaluate(frame)
  var lost: [String: Int] = [:]
  for loss in EvaluationFrame.Loss.allCases where frame.losses[loss.rawValue] > 0 {
    lost["\(loss)"] = frame.losses[loss.rawValue]
  }
  return Evaluated(values: result.printed, lost: lost)
}

/// What an expression without columns gives.
func value(_ text: String) throws -> String { try evaluated(text).values[0] }

/// The error of an expression, as `column: message` with the place of the token; nil: none.
func expressionProblem(_ text: String, _ fields: [Field] = []) -> (column: Int, error: PrepError)? {
  do throws(PrepError) {
    let node = ConfigNode.scalar(text, quoted: false, Place(file: "p", line: 1, column: 1))
    var program = ExpressionProgram(fields)
    try program.append("result", try RowExpression(node))
    return nil
  } catch {
    return (error.place?.column ?? 0, error)
  }
}

extension Column {
  /// The value of each row as text.
  var printed: [String] {
    (0..<count).map { row in
      if missing[row] { return "null" }
      switch storage {
      case .floats: return "\(floats[row])"
      case .integers: return "\(integers[row])"
      case .flags: return flags[row] == 1 ? "true" : "false"
      case .codes:
        return String(decoding: levels?[Int(codes[row])] ?? Array("?".utf8), as: UTF8.self)
      case .text: return String(decoding: text[row], as: UTF8.self)
      case .sparse: return "a vector"
      }
    }
  }
}
