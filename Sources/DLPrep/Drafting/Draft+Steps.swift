/// A step of a draft: why it is there, and what stands in the file.
struct DraftedStep {
  /// The evidence, a line each.
  let reasons: [String]
  /// The step.
  let node: ConfigNode

  init(_ stage: String, _ keys: [(String, ConfigNode)], _ reasons: [String]) {
    node = .map([(stage, .map(keys))])
    self.reasons = reasons
  }
}

extension Draft {
  /// The steps that the columns ask for, in the order that learns from real values first.
  var steps: [DraftedStep] {
    [
      rowsWithoutTarget, dates, prose, outliers, numbers, flags, skewed, rareValues, fewValues,
      manyValues, scale,
    ].compactMap(\.self)
  }

  private var hasNumbers: Bool { !features { $0.isNumber || $0 == .date }.isEmpty }

  private var rowsWithoutTarget: DraftedStep? {
    guard let target, target.survey.missing > 0 else { return nil }
    return DraftedStep(
      "drop_missing", [("columns", Self.list([target]))],
      ["\(target.survey.missing.grouped) rows have no target: nothing can be learned from them."])
  }

  private var dates: DraftedStep? {
    let dates = features { $0 == .date }
    if dates.isEmpty { return nil }
    let hasHours = dates.contains { $0.survey.field.type == .timestamp }
    let parts = ["year", "month", "weekday"] + (hasHours ? ["hour"] : [])
    return DraftedStep(
      "datetime_features",
      [
        ("columns", Self.selector(dates, or: "date | timestamp")),
        ("extract", .list(parts.map { .text($0) })),
      ], ["\(DraftText.some(dates.map(\.name))): a model can't use a date as it stands."])
  }

  private var prose: DraftedStep? {
    let prose = features { $0 == .prose }
    if prose.isEmpty { return nil }
    return DraftedStep(
      "hash_vectorize",
      [("columns", Self.selector(prose, or: "text")), ("buckets", .text("64"))],
      [
        "\(DraftText.some(prose.map(\.name))): words, hashed.",
        "tfidf would keep their names, role: ignore leaves them out.",
      ])
  }

  private var outliers: DraftedStep? {
    let wide = features { if case .number(_, hasOutliers: true) = $0 { true } else { false } }
    if wide.isEmpty { return nil }
    return DraftedStep(
      "outliers",
      [
        ("columns", Self.list(wide)), ("method", .text("iqr")), ("factor", .text("3")),
        ("action", .text("cap")),
      ],
      Self.lines(wide) { column in
        let far = column.survey.numbers?.far ?? 0
        return "\(far.grouped) \(far == 1 ? "value" : "values") beyond 3 IQR "
          + "(\(far.share(of: column.survey.present)))"
      })
  }

  private var numbers: DraftedStep? {
    guard hasNumbers else { return nil }
    let holes = features { $0.isNumber || $0 == .date }.filter { $0.survey.missing > 0 }
    let keys: [(String, ConfigNode)] = [
      ("columns", .text("numeric")), ("strategy", .text("median")),
    ]
    return holes.isEmpty
      ? DraftedStep("impute", keys, ["No number is missing here; the next table may have gaps."])
      : DraftedStep("impute", keys + [("indicator", .text("true"))], Self.missing(holes))
  }

  private var flags: DraftedStep? {
    let holes = features { $0 == .flag }.filter { $0.survey.missing > 0 }
    if holes.isEmpty { return nil }
    return DraftedStep(
      "impute", [("columns", .text("bool")), ("strategy", .text("mode"))], Self.missing(holes))
  }

  private var skewed: DraftedStep? {
    let skewed = features { if case .number(isSkewed: true, _) = $0 { true } else { false } }
    if skewed.isEmpty { return nil }
    return DraftedStep(
      "power_transform", [("columns", Self.list(skewed)), ("standardize", .text("false"))],
      Self.lines(skewed) { "skew \((($0.survey.numbers?.skew ?? 0) * 10).rounded() / 10)" })
  }

  private var rareValues: DraftedStep? {
    let rare = features { $0 == .fewValues }.filter { $0.survey.rare > 0 }
    if rare.isEmpty || rows < 100 { return nil }
    return DraftedStep(
      "group_rare",
      [("columns", categories(rare, or: Self.fewSelector)), ("min_share", .text("0.01"))],
      Self.lines(rare) {
        "\($0.survey.rare) of \($0.survey.distinct) values in less than 1 % of the rows"
      })
  }

  private var fewValues: DraftedStep? {
    let few = features { $0 == .fewValues }
    if few.isEmpty { return nil }
    return DraftedStep(
      "one_hot", [("columns", categories(few, or: Self.fewSelector))],
      ["At most \(DraftedColumn.mostComponents) values: a 0/1 column for each."])
  }

  private var manyValues: DraftedStep? {
    let many = features { $0 == .manyValues }
    if many.isEmpty { return nil }
    let columns = ("columns", categories(many, or: "category"))
    let reasons = Self.lines(many) { "\($0.survey.distinct.grouped) values" }
    guard encodesByTarget else {
      return DraftedStep(
        "count_encode", [columns, ("normalize", .text("true"))],
        reasons + ["How often each comes; with a target, target_encode says more."])
    }
    let key = group.map { [("fold_by", ConfigNode.text($0.name))] } ?? []
    return DraftedStep(
      "target_encode", [columns, ("smooth", .text("auto")), ("folds", .text("5"))] + key,
      reasons + ["Each by the mean of the target in its rows, out of fold."])
  }

  private var scale: DraftedStep? {
    guard hasNumbers || !features({ $0 == .manyValues }).isEmpty else { return nil }
    return DraftedStep(
      "standardize", [("columns", .text("numeric & !binary"))],
      ["Last, so that every number a model sees is on one scale; 0/1 stays 0/1."])
  }

  /// Whether the target is known well enough to encode by it.
  private var encodesByTarget: Bool {
    guard let target, rows >= 100 else { return false }
    return target.type == "integer" || target.type == "float" || target.survey.distinct <= 10
  }

  /// Whether categories are so few that steps name them.
  private var hasFewCategories: Bool {
    features { $0 == .fewValues || $0 == .manyValues }.count <= 12
  }

  private static let fewSelector = "category & cardinality <= \(DraftedColumn.mostComponents)"

  /// Categories by their names, unless there are many in the table.
  private func categories(_ columns: [DraftedColumn], or others: String) -> ConfigNode {
    hasFewCategories ? Self.list(columns) : .text(others)
  }

  /// Columns by their names where they are few, else by what they have in common.
  private static func selector(_ columns: [DraftedColumn], or others: String) -> ConfigNode {
    columns.count <= 6 ? list(columns) : .text(others)
  }

  private static func list(_ columns: [DraftedColumn]) -> ConfigNode {
    .list(columns.map { .text($0.name) })
  }

  private static func missing(_ columns: [DraftedColumn]) -> [String] {
    lines(columns) { "\($0.survey.missing.share(of: $0.survey.rows)) missing" }
  }

  /// A line of evidence for each column, for the first ones.
  private static func lines(
    _ columns: [DraftedColumn], _ evidence: (DraftedColumn) -> String
  ) -> [String] {
    let shown = columns.prefix(8).map { "\(DraftText.shown($0.name)): \(evidence($0))" }
    let more = columns.count - shown.count
    return shown + (more > 0 ? ["and \(more.grouped) more columns"] : [])
  }
}
