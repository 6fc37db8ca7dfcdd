package import DLPrepBytes
package import DLPrepData

extension ConfigNode {
  /// A whole pipeline as an artifact holds it: scalars are text.
  ///
  /// Canonical JSON sorts keys. Where they are names of the user's own, whose order counts, and not
  /// sorted already, a member `$order` tells it; keys that start with `$` get another one.
  package var json: JSON { json([]) }

  private func json(_ path: [String]) -> JSON {
    switch self {
    case .scalar(let text, _, _): return .text(text)
    case .list(let nodes, _): return .array(nodes.map { $0.json(path + ["-"]) })
    case .map(let entries, _):
      var members = entries.map { entry in
        JSON.Member(Self.escaped(entry.key), entry.value.json(path + [entry.key]))
      }
      let keys = entries.map { Array($0.key.utf8) }
      let isSorted = zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }
      if !isSorted && Self.holdsNames(path) {
        members.append(.init("$order", .array(keys.map { .string($0) })))
      }
      return .object(members)
    }
  }

  /// Whether the keys there are names of the user's own.
  ///
  /// These are the columns of the schema, and what is inside of a stage's parameter. All other keys
  /// are ours, in no order that counts.
  private static func holdsNames(_ path: [String]) -> Bool {
    path == ["schema", "columns"] || (path.first == "steps" && path.count > 3)
  }

  private static func escaped(_ key: String) -> String { key.hasPrefix("$") ? "$" + key : key }

  /// Reads what `json` has written.
  package init(json: JSON) throws(PrepError) {
    switch json {
    case .string(let bytes): self = .text(try Self.text(bytes))
    case .array(let values):
      var nodes: [ConfigNode] = []
      for value in values { nodes.append(try ConfigNode(json: value)) }
      self = .list(nodes)
    case .object(let members):
      var entries: [(String, ConfigNode)] = []
      for member in members where !member.key.elementsEqual("$order".utf8) {
        let key = try Self.text(member.key)
        entries.append(
          (key.hasPrefix("$") ? String(key.dropFirst()) : key, try ConfigNode(json: member.value)))
      }
      self = .map(try Self.ordered(entries, as: json["$order"]))
    default: throw unloadable("text, a list or a mapping")
    }
  }

  private static func ordered(
    _ entries: [(String, ConfigNode)], as order: JSON?
  ) throws(PrepError) -> [(String, ConfigNode)] {
    guard let order else { return entries }
    guard case .array(let keys) = order, keys.count == entries.count else {
      throw unloadable("an order of all keys")
    }
    var byKey: [[UInt8]: (String, ConfigNode)] = [:]
    for entry in entries { byKey[Array(entry.0.utf8)] = entry }
    var ordered: [(String, ConfigNode)] = []
    for case .string(let key) in keys {
      if let entry = byKey.removeValue(forKey: key) { ordered.append(entry) }
    }
    guard ordered.count == entries.count else { throw unloadable("an order of all keys") }
    return ordered
  }

  private static func text(_ bytes: [UInt8]) throws(PrepError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw unloadable("text") }
    return text
  }
}
