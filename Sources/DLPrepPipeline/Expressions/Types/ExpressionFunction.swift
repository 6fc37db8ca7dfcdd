/// A function or operator of the expression language.
///
/// Name, what it takes, help, an example that is tested, its type rule and its evaluation: all that
/// is said of it derives from this.
package struct ExpressionFunction: Sendable {
  /// The name; operators are called by their sign.
  package let name: String
  /// How it is written: `slice(text, start, length)`, `a + b`.
  package let signature: String
  /// One sentence on what it gives.
  package let summary: String
  /// An expression without columns, and what comes of it.
  package let example: (expression: String, result: String)
  /// What it takes.
  let parameters: [ExpressionParameter]
  /// What it gives, once every argument is of a type it takes.
  let type: @Sendable (inout ExpressionCall) throws(ExpressionError) -> ExpressionType
  /// Opens its evaluation.
  let compile: @Sendable (CompiledCall) -> Evaluation

  init(
    _ name: String, _ parameters: [ExpressionParameter], _ summary: String,
    _ example: String, _ result: String, written signature: String? = nil,
    type: @escaping @Sendable (inout ExpressionCall) throws(ExpressionError) -> ExpressionType,
    compile: @escaping @Sendable (CompiledCall) -> Evaluation
  ) {
    self.name = name
    self.parameters = parameters
    self.summary = summary
    self.example = (example, result)
    self.type = type
    self.compile = compile
    let names = parameters.map { parameter in
      parameter.repeats ? "\(parameter.name), ..." : parameter.name
    }
    self.signature = signature ?? "\(name)(\(names.joined(separator: ", ")))"
  }

  /// The fewest and the most arguments; nil: any number.
  var argumentCount: (least: Int, most: Int?) {
    let least = parameters.count { !$0.isOptional }
    return (least, parameters.last?.repeats == true ? nil : parameters.count)
  }

  /// What may stand at a position.
  func parameter(_ position: Int) -> ExpressionParameter {
    parameters[min(position, parameters.count - 1)]
  }
}

/// One place in a function's argument list.
struct ExpressionParameter: Sendable {
  var name: String
  var takes: ExpressionTypes
  /// Whether only a literal may stand there.
  var isLiteral = false
  /// Whether it may be left out.
  var isOptional = false
  /// Whether any number of arguments may stand there.
  var repeats = false
  /// Whether null may stand there.
  var takesNull = false

  init(_ name: String, _ takes: ExpressionTypes) {
    self.name = name
    self.takes = takes
  }

  /// Only a literal may stand there.
  var literal: Self { with { $0.isLiteral = true } }
  /// It may be left out.
  var optional: Self { with { $0.isOptional = true } }
  /// Any number of arguments may stand there.
  var repeated: Self { with { $0.repeats = true } }
  /// Null may stand there.
  var nullable: Self { with { $0.takesNull = true } }

  private func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }
}

/// A call whose evaluation is opened.
struct CompiledCall {
  /// The evaluations of the arguments.
  var arguments: [Evaluation]
  /// The arguments.
  var typed: [TypedExpression]
  /// What the call gives.
  var type: ExpressionType
  /// The rules of time zones.
  var zones: ExpressionZones

  /// The text of a literal argument.
  func text(_ position: Int) -> String? {
    guard position < typed.count, case .text(let text)? = typed[position].literal else {
      return nil
    }
    return text
  }

  /// The whole number of a literal argument.
  func integer(_ position: Int) -> Int64? {
    guard position < typed.count, case .integer(let value)? = typed[position].literal else {
      return nil
    }
    return value
  }
}
