import DLPrepBytes
import DLPrepData

/// What each column of a matrix is, and what stands beside it, as JSON.
enum FeatureMap {
  /// The map; `rows` and `files` are known in the end only.
  static func json(
    _ layout: TensorLayout, rows: Int?, files: [(name: String, hash: String)]
  )
    -> JSON
  {
    var members: [JSON.Member] = [
      .init("format", .text("dlprep features")),
      .init("version", .integer(1)),
      .init("dtype", .text(layout.options.dtype.rawValue)),
      .init("features", .array(layout.features.flatMap(components))),
    ]
    if let rows { members.append(.init("rows", .integer(Int64(rows)))) }
    if let target = layout.target {
      var facts = about(target.field)
      let isNumber = target.field.type.isNumeric
      facts.append(.init("kind", .text(isNumber ? "number" : "classes")))
      if !isNumber { facts.append(.init("classes", .array(layout.classes.map { .string($0) }))) }
      members.append(.init("target", .object(facts)))
    }
    if let weight = layout.weight {
      members.append(.init("weight", .object(about(weight.field))))
    }
    if let group = layout.group {
      var facts = about(group.field)
      facts.append(.init("kind", .text(layout.groups == nil ? "number" : "codes")))
      if let groups = layout.groups {
        facts.append(.init("values", .array(groups.sorted.map { .string($0) })))
      }
      members.append(.init("group", .object(facts)))
    }
    if !layout.ids.isEmpty {
      members.append(.init("ids", .array(layout.ids.map { .text($0.field.name) })))
    }
    if layout.options.partSlot != nil {
      members.append(.init("part", .array([.text("train"), .text("test")])))
    }
    if !files.isEmpty {
      let hashes = files.map { JSON.Member($0.name, .text($0.hash)) }
      members.append(.init("files", .object(hashes)))
    }
    return .object(members)
  }

  private static func about(_ field: Field) -> [JSON.Member] {
    [
      .init("name", .text(field.name)),
      .init("type", .text(field.type.name)),
      .init("sources", .array(field.sources.map { .text($0) })),
      .init("steps", .array(field.steps.map { .text($0) })),
    ]
  }

  /// One entry for each column of the matrix.
  private static func components(_ column: OutputColumn) -> [JSON] {
    let field = column.field
    guard field.type.isVector else {
      var facts = about(field)
      if let value = field.values.first { facts.append(.init("value", .text(value))) }
      return [.object(facts)]
    }
    return (0..<field.width).map { i in
      var facts = about(field)
      facts[0] = .init("name", .text(i < field.components.count ? field.components[i] : field.name))
      if i < field.values.count { facts.append(.init("value", .text(field.values[i]))) }
      return .object(facts)
    }
  }
}
