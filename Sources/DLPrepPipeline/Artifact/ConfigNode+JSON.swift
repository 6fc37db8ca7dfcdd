import DLPrepBytes
import DLPrepData

extension ConfigNode {
  /// The node as JSON: scalars are text, as in the pipeline file.
  var json: JSON {
    switch self {
    case .scalar(let text, _, _): .text(text)
    case .list(let nodes, _): .array(nodes.map(\.json))
    case .map(let entries, _): .object(entries.map { JSON.Member($0.key, $0.value.json) })
    }
  }

  /// The node that some JSON stands for; places name the artifact.
  init(_ json: JSON, file: String) throws(PrepError) {
    let place = Place(file: file)
    switch json {
    case .string(let bytes):
      self = .scalar(String(decoding: bytes, as: UTF8.self), quoted: true, place)
    case .array(let values):
      var nodes: [ConfigNode] = []
      for value in values { nodes.append(try ConfigNode(value, file: file)) }
      self = .list(nodes, place)
    case .object(let members):
      var entries: [Entry] = []
      for member in members {
        entries.append(
          Entry(
            String(decoding: member.key, as: UTF8.self), at: place,
            try ConfigNode(member.value, file: file)))
      }
      self = .map(entries, place)
    case .null, .bool, .integer, .number: throw unloadable("text in the pipeline")
    }
  }
}
