import DLPrepData

extension OutputSchema {
  /// What a fitted pipeline writes of the columns that its last step leaves.
  init(
    _ fitted: FittedPipeline, columns: [OutputColumn], passthrough: [OutputColumn], partSlot: Int?
  ) throws(PrepError) {
    let options = fitted.pipeline.output
    // A passed-through column that is still there unchanged is written once.
    let unchanged = Set(columns.filter(\.field.isAsRead).map(\.field.name))
    if let changed = columns.first(where: { column in
      !column.field.isAsRead && passthrough.contains { $0.field.name == column.field.name }
    })?.field {
      let cause =
        changed.steps.first.map { "it changed by '\($0)'" }
        ?? "'\(changed.sources.joined(separator: ", "))' under that name"
      throw PrepError(
        .collision, "expected '\(changed.name)' to pass through as read, found \(cause)",
        at: options.place, hint: "rename the changed column or don't pass it through")
    }
    self.init(
      columns: columns.filter { $0.field.role != .ignore },
      passthrough: passthrough.filter { !unchanged.contains($0.field.name) }, partSlot: partSlot,
      classes: fitted.classes, nullMarker: fitted.pipeline.input.nullValues.first ?? [],
      dtype: options.dtype, name: fitted.pipeline.name)
    let width = self.columns.reduce(0) { $0 + $1.field.width }
    if let limit = options.maxColumns, width > limit {
      throw PrepError(
        .limit, "expected at most \(limit) output columns, found \(width)", at: options.place,
        hint: "raise output.limits.columns or encode fewer categories")
    }
    try checkComponents(fitted.steps)
  }

  /// The last step that made a column or a component of a name.
  private func maker(of name: String) -> String? {
    columns.map(\.field)
      .filter { ($0.type.isVector ? $0.components : [$0.name]).contains(name) }
      .compactMap(\.steps.last).last
  }

  /// Two components, or a component and a column, may not share a name either.
  private func checkComponents(_ steps: [FittedStep]) throws(PrepError) {
    var seen: Set<String> = []
    for column in columns {
      let names = column.field.type.isVector ? column.field.components : [column.field.name]
      for name in names where !seen.insert(name).inserted {
        throw PrepError(
          .collision, "expected distinct output columns, found '\(name)' twice",
          at: steps.first { $0.address == maker(of: name) }?.place,
          hint: "give one of the steps a template with name:", step: maker(of: name))
      }
    }
  }
}

extension Field {
  /// Whether it is the input column of its name, untouched by any step.
  fileprivate var isAsRead: Bool { steps.isEmpty && sources == [name] }
}
