internal import DLPrepData

extension PipelineDecoder {
  /// The file with every `"${name}"` replaced by what `params` says of it.
  mutating func substituted(_ file: ConfigNode) -> ConfigNode {
    guard case .map(var entries, let place) = file else { return file }
    let params = readParams(file["params"])
    entries.removeAll { $0.key == "params" }
    for position in entries.indices {
      entries[position].value = substituted(entries[position].value, params)
    }
    return .map(entries, place)
  }

  /// The scalars of `params:`, as `--set` has changed them.
  private mutating func readParams(_ node: ConfigNode?) -> [ConfigNode.Entry] {
    var entries: [ConfigNode.Entry] = []
    for entry in node.flatMap({ self.entries(of: $0, "params") }) ?? [] {
      if let first = entries.first(where: { $0.key == entry.key }) {
        errors.append(.duplicateKey(entry, first: first))
      } else if case .scalar = entry.value {
        entries.append(entry)
      } else {
        errors.append(
          PrepError(
            .value, "'params.\(entry.key)': expected a scalar, found \(entry.value.found)",
            at: entry.value.place.ifKnown))
      }
    }
    for position in overrides.indices where overrides[position].owner == "params" {
      overrides[position].isUsed = true
      let override = overrides[position]
      guard entries.contains(where: { $0.key == override.key }) else {
        errors.append(
          PrepError(
            .unknown, "'params' has no '\(override.key)'", at: override.place,
            hint: suggestion(for: override.key, among: entries.map(\.key))))
        continue
      }
      do throws(PrepError) {
        try override.applied(to: &entries)
      } catch {
        errors.append(error)
      }
    }
    return entries
  }

  private mutating func substituted(
    _ node: ConfigNode, _ params: [ConfigNode.Entry]
  ) -> ConfigNode {
    switch node {
    case .scalar(let text, _, let place):
      guard text.hasPrefix("${"), text.hasSuffix("}") else { return node }
      let name = String(text.dropFirst(2).dropLast())
      guard let param = params.first(where: { $0.key == name }) else {
        errors.append(
          PrepError(
            .unknown, "'params' has no '\(name)'", at: place.ifKnown,
            hint: suggestion(for: name, among: params.map(\.key))))
        if let place = place.ifKnown { unresolved.insert(place) }
        return node
      }
      return param.value
    case .list(let nodes, let place):
      return .list(nodes.map { substituted($0, params) }, place)
    case .map(let entries, let place):
      let values = entries.map { substituted($0.value, params) }
      return .map(
        zip(entries, values).map { .init($0.key, at: $0.place, $1) }, place)
    }
  }
}
