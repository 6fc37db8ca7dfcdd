internal import DLPrepBytes
internal import DLPrepData

/// What a failed check does.
enum CheckFailure: String, CaseIterable, ParameterValue {
  case error
  case warn
  case null
  case reject
}

/// `schema:` without its columns.
struct SchemaOptions: Sendable, Equatable {
  var extraColumns = Contract.Extra.ignore
  var onFail: CheckFailure?

  static let parameters: [Parameter<SchemaOptions>] = [
    .init("extra_columns", \.extraColumns, "What happens to columns that it doesn't name."),
    .init("on_fail", \.onFail, "What a failed check does, unless the check says so itself."),
  ]
}

extension PipelineDecoder {
  /// `schema:`; the checks of its columns become the first steps.
  mutating func readSchema(_ node: ConfigNode) {
    guard let entries = entries(of: node, "schema") else { return }
    var options = SchemaOptions()
    let keys = SchemaOptions.parameters.map(\.key) + ["columns"]
    for entry in entries where !keys.contains(entry.key) {
      errors.append(.unknownKey(entry, in: "schema", calling: "key", among: keys))
    }
    let places = ParameterTable.read(
      &options, from: entries.filter { keys.contains($0.key) && $0.key != "columns" },
      by: SchemaOptions.parameters, of: "schema", errors: &errors)
    pipeline.schema.extraColumns = options.extraColumns
    if let columns = node["columns"] {
      let onFail = options.onFail.map { ($0, places["on_fail"]) }
      for entry in self.entries(of: columns, "schema.columns") ?? [] {
        readColumn(entry, onFail: onFail)
      }
    }
    checkRoles()
  }

  private mutating func readColumn(_ entry: ConfigNode.Entry, onFail: (CheckFailure, Place?)?) {
    let name = "schema.columns.\(entry.key)"
    guard !entry.key.isEmpty else {
      errors.append(
        PrepError(.value, "expected a column's name, found nothing", at: entry.place.ifKnown))
      return
    }
    if let first = pipeline.schema[entry.key] {
      errors.append(
        PrepError(
          .value, "column '\(entry.key)' is named twice", at: entry.place.ifKnown,
          hint: first.place.map { "the first one is at \($0)" }))
      return
    }
    guard
      let entries = entries(
        of: entry.value, name, hint: "say what is known of it, such as {type: float}")
    else { return }
    var declared = DeclaredColumn()
    let places = ParameterTable.read(
      &declared, from: entries, by: DeclaredColumn.parameters, of: name, errors: &errors)
    report(declared.problems, of: name, places)
    checkTimes(declared, name, places)
    var column = Contract.Column(entry.key)
    column.type = declared.cellType
    column.role = declared.role
    column.isRequired = declared.isRequired
    column.place = entry.place.ifKnown
    pipeline.schema.columns.append(column)
    if let check = declared.check?.node { readCheck(check, of: column, onFail) }
  }

  /// Whether the format and the time zone are known.
  ///
  /// A pipeline without places comes from an artifact, which holds the zones it needs: the system
  /// may have none.
  private mutating func checkTimes(
    _ declared: DeclaredColumn, _ name: String, _ places: [String: Place]
  ) {
    do throws(PrepError) {
      if let format = declared.format { _ = try DateTimeFormat(format) }
    } catch {
      report([("format", error.message, error.hint)], of: name, places)
    }
    guard let zone = declared.timezone, places["timezone"] != nil else { return }
    do throws(PrepError) {
      _ = try TimeZoneRules(named: zone)
    } catch {
      report([("timezone", error.message, error.hint)], of: name, places)
    }
  }

  /// The rules of a column are a check step on it, named after the column.
  private mutating func readCheck(
    _ node: ConfigNode, of column: Contract.Column, _ onFail: (CheckFailure, Place?)?
  ) {
    guard case .map(var entries, let place) = node else { return }
    for entry in entries where ["columns", "id"].contains(entry.key) {
      errors.append(
        PrepError(
          .unknown, "'schema.columns.\(column.name).check' has no key '\(entry.key)'",
          at: entry.place.ifKnown, hint: "the check is on this column"))
    }
    entries.removeAll { ["columns", "id"].contains($0.key) }
    if let onFail, node["on_fail"] == nil {
      let place = onFail.1 ?? Place(file: "")
      entries.append(
        .init(
          "on_fail", at: place,
          .scalar(onFail.0.rawValue, quoted: false, place)))
    }
    entries.append(
      .init("columns", at: place, .list([.scalar(column.name, quoted: true, place)], place)))
    append(
      StepNode(
        stage: "check", place: place, parameters: .map(entries, place),
        address: Self.checkAddress(column.name)))
  }

  static func checkAddress(_ column: String) -> String { "schema.\(column)" }

  /// The roles that one column at most can have.
  private mutating func checkRoles() {
    for role in [Role.target, .weight, .group, .time] {
      let columns = pipeline.schema.columns.filter { $0.role == role }
      guard columns.count > 1, let first = columns.first else { continue }
      for column in columns.dropFirst() {
        errors.append(
          PrepError(
            .value, "column '\(column.name)' has role \(role.rawValue), as '\(first.name)' has",
            at: column.place, hint: "one column can have it"))
      }
    }
  }
}
