internal import DLPrepData

extension PipelineDecoder {
  /// Reads `input:`.
  mutating func readInput(_ node: ConfigNode) {
    guard let entries = entries(of: node, "input") else { return }
    let before = errors.count
    let places = ParameterTable.read(
      &pipeline.input, from: entries, by: InputOptions.parameters, of: "input", errors: &errors)
    if errors.count == before { report(pipeline.input.problems, of: "input", places) }
  }

  /// `split:`, which is read after the schema: a split by time needs a column with that role.
  mutating func readSplit(_ node: ConfigNode) {
    guard let entries = entries(of: node, "split") else { return }
    var split = Split()
    split.place = node.place.ifKnown
    let places = ParameterTable.read(
      &split, from: entries, by: Split.parameters, of: "split", errors: &errors)
    var problems: [(key: String, message: String, hint: String?)] = []
    if split.method == .time {
      if split.key != nil {
        problems.append(("key", "rows are split by their time, not by a key", "leave it out"))
      }
      if !pipeline.schema.columns.contains(where: { $0.role == .time }) {
        problems.append(
          (
            "method", "no column has role time",
            "declare one: schema: {columns: {NAME: {role: time}}}"
          ))
      }
    }
    if let key = split.key, pipeline.schema[key]?.role == .ignore {
      problems.append(("key", "column '\(key)' has role ignore, so it is not read", nil))
    }
    report(problems, of: "split", places)
    pipeline.split = split
  }

  /// Reads `lints:`.
  mutating func readLints(_ node: ConfigNode) {
    guard let entries = entries(of: node, "lints") else { return }
    _ = ParameterTable.read(
      &pipeline.lints, from: entries, by: LintOptions.parameters, of: "lints", errors: &errors)
  }

  /// Reads `output:`.
  mutating func readOutput(_ node: ConfigNode) {
    guard let entries = entries(of: node, "output") else { return }
    let places = ParameterTable.read(
      &pipeline.output, from: entries, by: OutputOptions.parameters, of: "output", errors: &errors)
    pipeline.output.place = places["passthrough"]
    var problems: [(key: String, message: String, hint: String?)] = []
    if let twice = pipeline.output.passthrough.firstRepeated {
      problems.append(("passthrough/\(twice)", "column '\(twice)' is named twice", nil))
    }
    for name in pipeline.output.passthrough where pipeline.schema[name]?.role == .ignore {
      problems.append(
        (
          "passthrough/\(name)", "column '\(name)' has role ignore, so it is not read",
          "give it role id"
        ))
    }
    for problem in problems {
      errors.append(
        PrepError(
          .value, "'output.passthrough': \(problem.message)", at: places[problem.key],
          hint: problem.hint))
    }
  }
}

extension Split {
  /// The keys of `split:`.
  static let parameters: [Parameter<Split>] = [
    .init("method", \.method, "hash: by a hash of the key; time: the last rows."),
    .init("key", \.key, "Rows with the same value of this column stay together."),
    .init("test", \.test, in: 0...1, "The share of test rows."),
  ]
}

extension OutputOptions {
  /// The keys of `output:`.
  static let parameters: [Parameter<OutputOptions>] = [
    .init("dtype", \.dtype, "The type of tensors; one cast, at the end."),
    .init("passthrough", \.passthrough, "Columns copied as read and written beside the features."),
    .init("limits", \.limits, "How large the output may be."),
  ]

  private var limits: OutputLimits {
    get { OutputLimits(columns: maxColumns) }
    set { maxColumns = newValue.columns }
  }
}

/// What `limits` holds: `{columns}`.
struct OutputLimits: ParameterMap {
  var columns: Int?

  static var expected: String { "a mapping with columns" }
  static let parameters: [Parameter<OutputLimits>] = [
    .init("columns", \.columns, in: 1...1_000_000_000, "The most columns the output may have.")
  ]
}
