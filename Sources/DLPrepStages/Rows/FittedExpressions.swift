public import DLPrepBytes
public import DLPrepData
public import DLPrepPipeline

/// Expressions of a step after the fit: their text, the columns they were typed with, and the rules
/// of the time zones that they look at.
public struct FittedExpressions: Savable {
  let expressions: NamedExpressions
  let program: ExpressionProgram
  private let isCondition: Bool
  private let rules: [ZoneRules]

  /// Expressions that each give a column.
  init(_ expressions: NamedExpressions, _ fields: [Field]) throws(PrepError) {
    try self.init(expressions, fields, isCondition: false, rules: nil)
  }

  /// One condition.
  init(condition: RowExpression, _ fields: [Field]) throws(PrepError) {
    try self.init(["where": condition], fields, isCondition: true, rules: nil)
  }

  private init(
    _ expressions: NamedExpressions, _ fields: [Field], isCondition: Bool, rules: [ZoneRules]?
  ) throws(PrepError) {
    var program = ExpressionProgram(fields)
    for entry in expressions.entries {
      if isCondition {
        try program.append(condition: entry.expression)
        continue
      }
      do throws(PrepError) {
        try program.append(entry.name, entry.expression)
      } catch {
        var error = error
        error.message = "'\(entry.name)': " + error.message
        throw error
      }
    }
    self.program = program
    self.expressions = expressions
    self.isCondition = isCondition
    if let rules {
      self.rules = rules
    } else {
      var all: [ZoneRules] = []
      for name in program.timeZones.sorted() { all.append(try ZoneRules(name)) }
      self.rules = all
    }
  }

  /// Without some of the columns and the expressions that depend on them; nil where none is left.
  func without(_ columns: [String]) -> FittedExpressions? {
    let gone = program.fields.indices.filter { columns.contains(program.fields[$0].name) }
    var kept = expressions
    kept.entries = []
    for (step, entry) in expressions.entries.enumerated()
    where program.dependencies(of: step).isDisjoint(with: gone) && !columns.contains(entry.name) {
      kept.entries.append(entry)
    }
    guard !kept.entries.isEmpty else { return nil }
    let fields = program.fields.filter { !columns.contains($0.name) }
    return try? FittedExpressions(kept, fields, isCondition: isCondition, rules: rules)
  }

  /// An error unless the columns are those that the expressions were typed with.
  func requireColumns(_ fields: [Field]) throws(PrepError) {
    let isSame = program.fields.elementsEqual(fields) { ours, theirs in
      ours.name.utf8.elementsEqual(theirs.name.utf8) && ours.type == theirs.type
    }
    try requireLearned(isSame, "expressions over \(fields.map(\.name).joined(separator: ", "))")
  }

  /// Opens the expressions for one worker.
  func open() -> [CompiledExpression] {
    var zones = ExpressionZones()
    for rule in rules { zones[rule.rules.name] = rule.rules }
    return program.open(zones)
  }

  /// The texts, the columns with their types, and the time zones.
  public var saved: JSON {
    .object([
      JSON.Member(
        "columns",
        .array(
          program.fields.map { field in
            .object(
              [
                JSON.Member("name", .text(field.name)),
                JSON.Member("type", .text(field.type.name)),
              ] + (field.timeZone.map { [JSON.Member("timezone", .text($0))] } ?? []))
          })),
      JSON.Member("condition", .bool(isCondition)),
      JSON.Member(
        "expressions",
        .array(
          expressions.entries.map { entry in
            .object([
              JSON.Member("name", .text(entry.name)),
              JSON.Member("text", .text(entry.expression.text)),
            ])
          })),
      JSON.Member("zones", .array(rules.map(\.saved))),
    ])
  }

  /// Reads and parses them.
  public init(loading json: JSON) throws(PrepError) {
    guard case .array(let columns)? = json["columns"],
      case .array(let texts)? = json["expressions"]
    else { throw Self.unloadable }
    var fields: [Field] = []
    for column in columns {
      guard let type = DataType(name: try String(loading: column["type"] ?? .null)) else {
        throw Self.unloadable
      }
      var field = Field(try String(loading: column["name"] ?? .null), type)
      field.timeZone = try String?(loading: column["timezone"] ?? .null)
      fields.append(field)
    }
    var expressions: NamedExpressions = [:]
    for text in texts {
      expressions.entries.append(
        NamedExpressions.Entry(
          name: try String(loading: text["name"] ?? .null),
          expression: RowExpression(try String(loading: text["text"] ?? .null))))
    }
    let isCondition = try Bool(loading: json["condition"] ?? .null)
    guard !isCondition || expressions.entries.count == 1 else { throw Self.unloadable }
    let rules = try [ZoneRules](loading: json["zones"] ?? .null)
    do throws(PrepError) {
      try self.init(expressions, fields, isCondition: isCondition, rules: rules)
    } catch {
      throw PrepError(.artifact, error.message, hint: "fit the pipeline again")
    }
  }

  private static var unloadable: PrepError {
    PrepError(.artifact, "expected expressions", hint: "fit the pipeline again")
  }

  /// Whether both are saved the same.
  public static func == (a: FittedExpressions, b: FittedExpressions) -> Bool {
    a.saved == b.saved
  }
}

extension EvaluationFrame {
  /// Takes the columns of a block.
  func start(_ block: Block, _ slots: [Int]) {
    count = block.count
    columns = slots.map { block.columns[$0] }
    startBlock()
  }

  /// Counts what was lost, under a column's name.
  func report(_ run: RunContext, _ column: String) {
    let before = run.column
    run.column = column
    for loss in Loss.allCases { run.count(loss.words, losses[loss.rawValue]) }
    run.column = before
    startBlock()
  }
}
