import DLPrepData

extension OutputSchema {
  /// What a fitted pipeline writes of the columns that its last step leaves.
  init(
    _ fitted: FittedPipeline, columns: [OutputColumn], passthrough: [OutputColumn], partSlot: Int?,
    asText: Bool
  ) throws(PrepError) {
    let options = fitted.pipeline.output
    var columns = columns
    // A passed-through column that is still there unchanged is written once; in text, as read.
    let unchanged = Set(columns.filter(\.field.isAsRead).map(\.field.name))
    let copies = Dictionary(
      passthrough.map { ($0.field.name, $0.slot) }, uniquingKeysWith: { first, _ in first })
    for i in columns.indices where asText && columns[i].field.isAsRead {
      guard let slot = copies[columns[i].field.name] else { continue }
      columns[i].field.type = .text
      columns[i].slot = slot
    }
    for changed in columns.map(\.field) where !changed.isAsRead {
      guard let name = changed.writtenNames.first(where: { copies[$0] != nil }) else { continue }
      let cause =
        changed.steps.first.map { "it changed by '\($0)'" }
        ?? "'\(changed.sources.joined(separator: ", "))' under that name"
      throw PrepError(
        .collision, "expected '\(name)' to pass through as read, found \(cause)",
        at: options.place, hint: "rename the changed column or don't pass it through")
    }
    self.init(
      columns: columns.filter { $0.field.role != .ignore },
      passthrough: passthrough.filter { !unchanged.contains($0.field.name) }, partSlot: partSlot,
      classes: fitted.classes, nullMarker: fitted.pipeline.input.nullValues.first ?? [],
      dtype: options.dtype, name: fitted.pipeline.name)
    let width = self.columns.reduce(0) { $0 + $1.field.width }
    let limit = options.maxColumns ?? OutputOptions.columnLimit
    if width > limit {
      let widest = self.columns.max { $0.field.width < $1.field.width }?.field
      throw PrepError(
        .limit,
        "expected at most \(limit) output columns, found \(width)"
          + (widest.map { ", \($0.width) of them from '\($0.name)'" } ?? ""), at: options.place,
        hint:
          "state fewer buckets, encode fewer categories or terms, or raise output.limits.columns"
      )
    }
    try checkComponents(fitted.steps)
  }

  /// The last step that made a column or a component of a name.
  private func maker(of name: String) -> String? {
    columns.map(\.field)
      .filter { $0.writtenNames.contains(name) }
      .compactMap(\.steps.last).last
  }

  /// Two components, or a component and a column, may not share a name either.
  private func checkComponents(_ steps: [FittedStep]) throws(PrepError) {
    var seen: Set<String> = []
    for column in columns {
      for name in column.field.writtenNames where !seen.insert(name).inserted {
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
  /// The names under which it is written: those of its components, where it has some.
  fileprivate var writtenNames: [String] { type.isVector ? components : [name] }
}
