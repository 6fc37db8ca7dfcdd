public import DLPrepData

extension Pipeline {
  /// Reads a whole pipeline file: every key of every section and step.
  ///
  /// All problems are reported at once, in the order of the file; with any, the pipeline is incomplete.
  ///
  /// `overrides` are the `--set` options; `catalog` holds the stages that the file may name.
  public static func decoded(
    from node: ConfigNode, catalog: Catalog, overrides: [Override] = [],
    errors: inout [PrepError]
  ) -> Pipeline {
    var decoder = PipelineDecoder(catalog: catalog, overrides: overrides)
    decoder.read(node)
    errors += decoder.sortedErrors
    return decoder.pipeline
  }
}

/// The state of reading a pipeline file.
struct PipelineDecoder {
  let catalog: Catalog
  var overrides: [Override]
  var pipeline = Pipeline()
  var errors: [PrepError] = []
  /// Where `"${name}"` names nothing: what else is wrong there follows from it.
  var unresolved: Set<Place> = []

  init(catalog: Catalog, overrides: [Override]) {
    self.catalog = catalog
    self.overrides = overrides
  }

  private static let keys = [
    "dlprep", "name", "description", "seed", "params", "input", "schema", "split", "steps",
    "output", "lints",
  ]

  mutating func read(_ file: ConfigNode) {
    guard case .map(let entries, _) = file else {
      errors.append(
        PrepError(
          .value, "expected a pipeline as a mapping, found \(file.found)", at: file.place.ifKnown,
          hint: "a pipeline file starts with dlprep: 1"))
      return
    }
    checkVersion(entries, file.place)
    let node = substituted(file)
    for (position, entry) in entries.enumerated() {
      if let first = entries[..<position].first(where: { $0.key == entry.key }) {
        errors.append(.duplicateKey(entry, first: first))
      } else if !Self.keys.contains(entry.key) {
        errors.append(
          PrepError(
            .unknown, "there is no key '\(ConfigNode.shortened(entry.key))' in pipeline files",
            at: entry.place.ifKnown,
            hint: suggestion(for: entry.key, among: Self.keys)
              ?? "there are \(Self.keys.joined(separator: ", "))"))
      }
    }
    var names = PipelineNames()
    let named = PipelineNames.parameters.map(\.key)
    if case .map(let entries, _) = node {
      _ = ParameterTable.read(
        &names, from: entries.filter { named.contains($0.key) }, by: PipelineNames.parameters,
        of: "", errors: &errors)
    }
    (pipeline.name, pipeline.description, pipeline.seed) = (
      names.name.text, names.description, names.seed
    )
    if let input = node["input"] { readInput(input) }
    if let schema = node["schema"] { readSchema(schema) }
    if let split = node["split"] { readSplit(split) }
    if let steps = node["steps"] { readSteps(steps) }
    if let output = node["output"] { readOutput(output) }
    if let lints = node["lints"] { readLints(lints) }
    for override in overrides where !override.isUsed {
      errors.append(override.unused(among: pipeline.steps.map(\.address)))
    }
  }

  /// `dlprep: 1` comes first: what follows can only be understood with it.
  private mutating func checkVersion(_ entries: [ConfigNode.Entry], _ place: Place) {
    let late = entries.first { $0.key == "dlprep" }
    // An artifact, which has no places, keeps its keys sorted.
    guard let first = place.ifKnown == nil ? late : entries.first, first.key == "dlprep" else {
      errors.append(
        PrepError(
          .value,
          "expected 'dlprep: 1' as the first key, found \(entries.first.map { "'\($0.key)'" } ?? "none")",
          at: (late ?? entries.first)?.place.ifKnown ?? place.ifKnown,
          hint: late == nil ? "add dlprep: 1 above it" : "move dlprep: 1 to the top"))
      return
    }
    guard case .scalar("1", _, _) = first.value else {
      errors.append(
        PrepError(
          .value,
          "'dlprep': expected 1, the only version of the format, found \(first.value.found)",
          at: first.value.place.ifKnown))
      return
    }
  }

  /// The keys of a section; an error and nil where it is no mapping.
  mutating func entries(
    of node: ConfigNode, _ name: String, hint: String? = nil
  ) -> [ConfigNode.Entry]? {
    if case .map(let entries, _) = node { return entries }
    errors.append(
      PrepError(
        .value, "'\(name)': expected a mapping, found \(node.found)", at: node.place.ifKnown,
        hint: hint))
    return nil
  }

  /// Reports broken rules between keys, each at the place of the key it is about.
  mutating func report(
    _ problems: [(key: String, message: String, hint: String?)], of owner: String,
    _ places: [String: Place]
  ) {
    for problem in problems {
      errors.append(
        PrepError(
          .value, "'\(owner).\(problem.key)': \(problem.message)", at: places[problem.key],
          hint: problem.hint))
    }
  }

  /// The problems in the order of the file; those without a place in it come last.
  var sortedErrors: [PrepError] {
    let told = errors.filter { error in
      error.code == .unknown || !(error.place.map { unresolved.contains($0) } ?? false)
    }
    return told.enumerated().sorted { a, b in
      func rank(_ error: (offset: Int, element: PrepError)) -> [Int] {
        let place = error.element.place
        let isPlaced = place.map { $0.line > 0 } ?? false
        return [isPlaced ? 0 : 1, place?.line ?? 0, place?.column ?? 0, error.offset]
      }
      return rank(a).lexicographicallyPrecedes(rank(b))
    }.map(\.element)
  }
}
