package import DLPrepBytes
package import DLPrepData

extension ConfigNode {
  /// The node as an artifact holds it: scalars are text, mappings keep their order.
  package var json: JSON {
    switch self {
    case .scalar(let text, _, _): .text(text)
    case .list(let nodes, _): .array(nodes.map(\.json))
    case .map(let entries, _): .object(entries.map { JSON.Member($0.key, $0.value.json) })
    }
  }

  /// Reads what `json` has written.
  package init(json: JSON) throws(PrepError) {
    switch json {
    case .string(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else { throw unloadable("text") }
      self = .text(text)
    case .array(let values):
      var nodes: [ConfigNode] = []
      for value in values { nodes.append(try ConfigNode(json: value)) }
      self = .list(nodes)
    case .object(let members):
      var entries: [(String, ConfigNode)] = []
      for member in members {
        guard let key = String(validating: member.key, as: UTF8.self) else {
          throw unloadable("text")
        }
        entries.append((key, try ConfigNode(json: member.value)))
      }
      self = .map(entries)
    default: throw unloadable("text, a list or a mapping")
    }
  }
}
