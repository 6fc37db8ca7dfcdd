import DLPrepBytes
import DLPrepData
import DLPrepPipeline

/// The check of a condition over the columns of a row: what `Check` becomes with `where`.
struct CheckRows: ExpressionStage {
  static let name = Check.name
  static let summary = Check.summary
  static let commonKeys = Check.commonKeys
  static let parameters: [Parameter<Self>] = [
    .init("where", \.condition, "A condition that no row may break."),
    .init("on_fail", \.onFail, "What becomes of a row that breaks it."),
  ]

  var common = Common()
  var condition = RowExpression("")
  var onFail = Check.OnFail.error

  init() {}

  init(_ condition: RowExpression, _ check: Check) {
    self.condition = condition
    common = check.common
    onFail = check.onFail
  }

  var namedExpressions: NamedExpressions { ["where": condition] }
  var makesColumns: Bool { false }
  var inverse: Inverse { Check(condition, onFail: onFail).inverse }
  var rejectsRows: Bool { onFail == .reject }
  var dependsOnTypes: Bool { true }

  /// The columns of the condition, and those that become missing.
  var columns: Selector? {
    .names(condition.columns + emptied.filter { !condition.columns.contains($0) })
  }

  /// The columns that become missing where a row breaks the condition.
  private var emptied: [String] { onFail == .null ? common.columns?.exactNames ?? [] : [] }

  func place(ofColumn name: String) -> Place? { condition.place(ofColumn: name) }

  func validate() throws(PrepError) {
    var check = Check(condition, onFail: onFail)
    check.common = common
    try check.validate()
  }

  func accepts(_ field: Field) -> Bool { true }

  func fates(of fields: [Field], _ fitted: Fitted?) -> [Fate] {
    fields.map { emptied.contains($0.name) ? .changed($0.type) : .unchanged }
  }

  func fitted(to summary: NoSummary, _ fields: [Field]) throws(PrepError) -> Fitted {
    Fitted(
      condition: try FittedExpressions(condition: condition, fields), onFail: onFail.rawValue,
      emptied: emptied)
  }

  func check(_ loaded: Fitted, for fields: [Field]) throws(PrepError) {
    try loaded.condition.requireColumns(fields)
  }

  /// What is left to know in a run.
  struct Fitted: FittedBlockStage {
    var condition: FittedExpressions
    var onFail: String
    var emptied: [String]

    var saved: JSON {
      .object([
        JSON.Member("condition", condition.saved), JSON.Member("on_fail", onFail.saved),
        JSON.Member("emptied", emptied.saved),
      ])
    }

    init(condition: FittedExpressions, onFail: String, emptied: [String]) {
      self.condition = condition
      self.onFail = onFail
      self.emptied = emptied
    }

    init(loading json: JSON) throws(PrepError) {
      condition = try FittedExpressions(loading: json["condition"] ?? .null)
      onFail = try String(loading: json["on_fail"] ?? .null)
      emptied = try [String](loading: json["emptied"] ?? .null)
    }

    func without(_ columns: [String], leaving count: Int) throws(PrepError) -> Fitted? {
      guard let condition = condition.without(columns) else { return nil }
      return Fitted(
        condition: condition, onFail: onFail, emptied: emptied.filter { !columns.contains($0) })
    }

    func kernel(_ slots: [Int], made: [Int]) -> Kernel {
      let compiled = condition.open()
      let frame = EvaluationFrame()
      let fields = condition.program.fields
      let text = condition.expressions.entries.first?.expression.text ?? ""
      let looked = condition.program.dependencies(of: 0).sorted()
      let gone = fields.indices.filter { emptied.contains(fields[$0].name) }
      let action = Check.OnFail(rawValue: onFail) ?? .error
      func message(_ row: Int) -> String {
        let values = looked.map {
          "\(fields[$0].name) \(frame.columns[$0].shown(row, fields[$0].type))"
        }
        return "expected \(text), found \(values.joined(separator: ", "))"
      }
      return { block, run in
        guard let condition = compiled.first else { return }
        frame.start(block, slots)
        let holds = condition.evaluate(frame, removed: block.removed)
        var failed = 0
        for row in 0..<frame.count where holds.flags[row] == 0 && !holds.missing[row] {
          if block.removed?[row] == true && action != .reject { continue }
          failed += 1
          switch action {
          case .warn: break
          case .null:
            for position in gone {
              let column = frame.columns[position]
              column.missing[row] = true
              if column.storage == .codes { column.codes[row] = -1 }
            }
          case .reject: run.reject(row, of: block, .check, message(row))
          case .error:
            run.fail(row, of: block, .check, message(row))
            return
          }
        }
        switch action {
        case .warn: run.count("failed 'where'", failed)
        case .null: run.count("made missing", failed)
        case .error, .reject: break
        }
        frame.report(run, "")
      }
    }
  }
}

extension Column {
  /// A value for a message.
  fileprivate func shown(_ row: Int, _ type: DataType) -> String {
    if missing[row] { return "nothing" }
    switch storage {
    case .floats: return "\(floats[row])"
    case .integers:
      switch type {
      case .date where integers[row].magnitude < 1 << 40: return printedDate(Int(integers[row]))
      case .timestamp: return printedTimestamp(Int(integers[row]))
      default: return "\(integers[row])"
      }
    case .flags: return flags[row] == 1 ? "true" : "false"
    case .codes:
      return "'\(String(decoding: levels?[Int(codes[row])] ?? [], as: UTF8.self))'"
    case .text: return "'\(String(decoding: text[row], as: UTF8.self))'"
    case .sparse: return "a vector"
    }
  }
}
