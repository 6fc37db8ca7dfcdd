package import DLPrepData

extension Stage {
  /// The parameters of the keys that stages share, as far as this stage takes them.
  static var commonParameters: [Parameter<Self>] {
    var all: [Parameter<Self>] = []
    if commonKeys.contains(.columns) {
      all.append(.init("columns", \Self.common.columns, "Where it acts: a selector."))
    }
    all.append(.init("id", \Self.common.id, "The step's address."))
    if commonKeys.contains(.when) {
      all.append(.init("when", \Self.common.when, "Whether it acts on training rows only."))
    }
    if commonKeys.contains(.missing) {
      all.append(.init("missing", \Self.common.missing, "What it makes of missing values."))
    }
    if commonKeys.contains(.unknown) {
      all.append(.init("unknown", \Self.common.unknown, "What it makes of values unseen at fit."))
    }
    if commonKeys.contains(.name) {
      all.append(.init("name", \Self.common.name, "Template for new columns' names."))
    }
    if commonKeys.contains(.keepOriginal) {
      all.append(
        .init("keep_original", \Self.common.keepOriginal, "Leaves the source column too."))
    }
    all.append(.init("lints", \Self.common.lints, "What 'dlprep check' isn't to say of the step."))
    return all
  }

  /// Every parameter, its own first.
  public static var allParameters: [Parameter<Self>] { parameters + commonParameters }

  /// Reads a stage; every problem is found, not only the first.
  package static func decoded(
    _ node: ConfigNode, errors: inout [PrepError]
  ) -> (stage: Self, places: [String: Place]) {
    var stage = Self()
    let before = errors.count
    guard case .map(let entries, let place) = node else {
      errors.append(
        PrepError(
          .value, "expected the parameters of '\(name)' as a mapping, found \(node.found)",
          at: node.place.ifKnown,
          hint: node.found == "nothing"
            ? "a step without parameters is its name alone: - \(name)"
            : "write \(name): {key: value}"))
      return (stage, [:])
    }
    let places = ParameterTable.read(
      &stage, from: entries, by: allParameters, of: name, calling: "parameter", errors: &errors)
    if errors.count == before {
      do throws(PrepError) {
        try stage.validate()
      } catch {
        var error = error
        error.place =
          error.place ?? error.column.flatMap { places["map/\($0)"] } ?? place.ifKnown
        error.message = "'\(name)': " + error.message
        errors.append(error)
      }
    }
    return (stage, places)
  }

  /// The stage as a file would say it: what differs from the defaults.
  package var node: ConfigNode {
    // The step's address and its columns come first, as people write them.
    let first = ["id", "columns"]
    let keys = Self.allParameters
    let ordered =
      first.flatMap { key in keys.filter { $0.key == key } }
      + keys.filter { !first.contains($0.key) }
    return .map(ParameterTable.entries(of: self, default: Self(), by: ordered))
  }
}
