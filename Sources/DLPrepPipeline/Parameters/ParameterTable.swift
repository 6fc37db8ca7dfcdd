package import DLPrepData

/// Reads and writes a value by the table of its parameters: stages, and the sections of a pipeline
/// file, go through here.
package enum ParameterTable {
  /// Reads every key that a mapping holds, and reports every problem; the places of the values come
  /// back under their keys, those of names in them under `KEY/NAME`.
  package static func read<Root>(
    _ root: inout Root, from entries: [ConfigNode.Entry], by parameters: [Parameter<Root>],
    of owner: String, calling kind: String = "key", errors: inout [PrepError]
  ) -> [String: Place] {
    var places: [String: Place] = [:]
    for (position, entry) in entries.enumerated() {
      if let first = entries[..<position].first(where: { $0.key == entry.key }) {
        errors.append(.duplicateKey(entry, first: first))
        continue
      }
      guard let parameter = parameters.first(where: { $0.key == entry.key }) else {
        errors.append(
          .unknownKey(entry, in: owner, calling: kind, among: parameters.map(\.key)))
        continue
      }
      do throws(PrepError) {
        try parameter.set(&root, entry.value)
        places.merge(entry.placesOfNames) { first, _ in first }
        places[entry.key] = entry.value.place.ifKnown
      } catch {
        var error = error
        let key = owner.isEmpty ? entry.key : "\(owner).\(entry.key)"
        error.message = "'\(key)': " + error.message
        error.place = error.place?.ifKnown
        errors.append(error)
      }
    }
    return places
  }

  /// The value as a file would say it: what differs from the default.
  package static func entries<Root>(
    of root: Root, default: Root, by parameters: [Parameter<Root>]
  ) -> [(String, ConfigNode)] {
    parameters.compactMap { parameter in
      guard let node = parameter.get(root), node != parameter.get(`default`) else { return nil }
      return (parameter.key, node)
    }
  }
}

extension ConfigNode.Entry {
  /// Where the names in its value stand, under `KEY/NAME`: items of a list, keys of a mapping,
  /// exact names and steps in a selector.
  fileprivate var placesOfNames: [String: Place] {
    var names: [(name: String, place: Place)] = []
    switch value {
    case .list(let nodes, _):
      for case .scalar(let text, _, let place) in nodes { names.append((text, place)) }
    case .map(let entries, _): names = entries.map { ($0.key, $0.place) }
    case .scalar: if key == "columns" { names = Selector.placesOfNames(in: value) }
    }
    let known = names.filter { $0.place.ifKnown != nil }
    return Dictionary(known.map { ("\(key)/\($0.name)", $0.place) }) { first, _ in first }
  }
}

extension Place {
  /// The place, unless it says nothing: that of a value that no file holds.
  package var ifKnown: Place? { file.isEmpty && line == 0 ? nil : self }
}

extension PrepError {
  /// A key that isn't one, with the nearest one or all that there are.
  static func unknownKey(
    _ entry: ConfigNode.Entry, in owner: String, calling kind: String, among keys: [String]
  ) -> PrepError {
    PrepError(
      .unknown, "'\(owner)' has no \(kind) '\(ConfigNode.shortened(entry.key))'",
      at: entry.place.ifKnown,
      hint: suggestion(for: entry.key, among: keys) ?? "it takes " + keys.joined(separator: ", "))
  }

  /// A key that stands twice in a mapping.
  static func duplicateKey(_ entry: ConfigNode.Entry, first: ConfigNode.Entry) -> PrepError {
    PrepError(
      .value, "'\(entry.key)' is given twice", at: entry.place.ifKnown,
      hint: first.place.ifKnown.map { "the first one is at \($0)" })
  }
}
