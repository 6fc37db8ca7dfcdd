package import DLPrepBytes

/// A value with one thing wrong in it at a time, as a careless hand or a fault would leave it.
///
/// Of a list the first and the last element stand for all, so that the number of variants grows
/// with the kinds of things in a value, not with how many there are.
package struct DamagedJSON {
  /// The value, whole.
  package let value: JSON

  /// Stands for the variants of a value.
  package init(_ value: JSON) { self.value = value }

  /// Every variant.
  package var variants: [JSON] {
    var variants = Self.replacements(of: value)
    switch value {
    case .array(let elements):
      for index in Set([0, elements.count - 1]).sorted() where elements.indices.contains(index) {
        variants += DamagedJSON(elements[index]).variants.map { other in
          var list = elements
          list[index] = other
          return .array(list)
        }
      }
    case .object(let members):
      for index in members.indices {
        variants += DamagedJSON(members[index].value).variants.map { other in
          var changed = members
          changed[index].value = other
          return .object(changed)
        }
      }
    case .null, .bool, .integer, .number, .string: break
    }
    return variants
  }

  /// What may stand in its place.
  private static func replacements(of value: JSON) -> [JSON] {
    switch value {
    case .array(let elements):
      let shorter = elements.isEmpty ? [] : [JSON.array([]), .array(Array(elements.dropLast()))]
      return shorter + [.array(elements + elements.suffix(1)), .array(elements.reversed())]
    case .object(let members):
      return members.indices.map { index in
        .object(members.enumerated().filter { $0.offset != index }.map(\.element))
      }
    case .integer(let number):
      return [.integer(-1), .integer(number &+ 1), .integer(.max), .number(0.5), .null]
    case .number: return [.integer(0), .number(-1e300), .null]
    case .string: return [.string([]), .string(Array("zz".utf8)), .integer(7)]
    case .bool(let truth): return [.bool(!truth), .null]
    case .null: return [.integer(0), .array([]), .string([])]
    }
  }
}
