package import DLPrepData

extension Selector {
  /// The exact names that it mentions, each once, in order; one that isn't there is an error.
  package var exactNames: [String] {
    var names: [String] = []
    var seen: Set<[UInt8]> = []
    visit { part in
      if case .names(let more) = part {
        names += more.filter { seen.insert(Array($0.utf8)).inserted }
      }
    }
    return names
  }

  /// The steps that it mentions with `of()` and `from()`.
  package var mentionedSteps: [String] {
    var steps: [String] = []
    visit { part in
      switch part {
      case .of(let step), .from(let step): steps.append(step)
      default: break
      }
    }
    return steps
  }

  /// Whether columns' types have to be known to evaluate it.
  package var needsTypes: Bool {
    contains { part in
      switch part {
      case .type, .binary, .cardinality: true
      default: false
      }
    }
  }

  /// Whether columns' values have to be known to evaluate it.
  package var needsData: Bool {
    contains { part in
      switch part {
      case .binary, .hasMissing, .missing, .cardinality: true
      default: false
      }
    }
  }

  /// The errors for exact names that name no column a step can act on.
  package func absences(among fields: [Field], in step: Step) -> [PrepError] {
    let names = exactNames
    if names.isEmpty { return [] }
    // A few names are sooner gone through than put into a table.
    let known =
      names.count < 8
      ? nil
      : Dictionary(
        fields.map { (Array($0.name.utf8), $0) }, uniquingKeysWith: { first, _ in first })
    func field(_ name: String) -> Field? {
      if let known { return known[Array(name.utf8)] }
      return fields.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
    return names.compactMap { name in
      guard let field = field(name) else {
        return step.absence(of: name, among: fields.map(\.name))
      }
      guard field.role == .ignore else { return nil }
      return PrepError(
        .column, "column '\(name)' has role ignore, so it is not read",
        at: step.place(of: name, in: "columns"), hint: "give it another role in schema",
        step: step.address)
    }
  }

  private func visit(_ body: (Selector) -> Void) {
    body(self)
    switch self {
    case .and(let a, let b), .or(let a, let b):
      a.visit(body)
      b.visit(body)
    case .not(let inner): inner.visit(body)
    default: break
    }
  }

  private func contains(_ predicate: (Selector) -> Bool) -> Bool {
    var found = false
    visit { found = found || predicate($0) }
    return found
  }
}

extension Step {
  /// The error for a column that a key of the step names and that isn't there.
  package func absence(
    of name: String, in key: String = "columns", among columns: [String]
  ) -> PrepError {
    PrepError(
      .column, "there is no column '\(name)'",
      at: stage.place(ofColumn: name) ?? place(of: name, in: key),
      hint: Self.hint(name, key, columns), step: address)
  }

  private static func hint(_ name: String, _ key: String, _ columns: [String]) -> String? {
    if let twin = columns.first(where: { $0 == name }) {
      return "'\(twin)' has the same letters in another Unicode form: copy the name from the data"
    }
    let words = Selector.TypeWord.allCases.map(\.rawValue)
    if key == "columns" {
      if (words + ["all", "binary", "has_missing", "any_role"]).contains(name) {
        return "in a list or in quotes it is a column's name: write the word by itself"
      }
      if name.unicodeScalars.contains(where: { $0 == "*" }) {
        return "a list holds exact names: write a pattern by itself, not in a list"
      }
    }
    return suggestion(for: name, among: columns + (key == "columns" ? words : []))
      ?? Self.listing(columns)
  }

  private static func listing(_ columns: [String]) -> String? {
    guard !columns.isEmpty else { return nil }
    let some = columns.prefix(12).joined(separator: ", ")
    return "the columns here are \(some)" + (columns.count > 12 ? ", ..." : "")
  }
}
