public import DLPrepData

/// A scalar of a pipeline file changed from outside: `--set params.x=3`, `--set ID.parameter=3`.
public struct Override: Sendable, Equatable {
  /// `params`, or the address of a step.
  public var owner: String
  /// The parameter's name.
  public var key: String
  /// The new value.
  public var value: String
  /// Whether it has found its place.
  var isUsed = false

  /// Changes one parameter.
  public init(_ owner: String, _ key: String, _ value: String) {
    self.owner = owner
    self.key = key
    self.value = value
  }

  /// Reads `OWNER.KEY=VALUE`.
  public init(_ text: String) throws(PrepError) {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let names = sides[0].split(separator: ".", omittingEmptySubsequences: false)
    guard sides.count == 2, names.count == 2, names.allSatisfy({ !$0.isEmpty }) else {
      throw PrepError(
        .usage, "expected params.NAME=VALUE or STEP.PARAMETER=VALUE, found '\(text)'",
        at: Place(file: "--set"))
    }
    self.init(String(names[0]), String(names[1]), String(sides[1]))
  }

  /// How messages name it.
  var place: Place { Place(file: "--set \(owner).\(key)") }
  /// Its value as if it stood in the file.
  var node: ConfigNode { .scalar(value, quoted: false, place) }

  /// The error where nothing in the file has that address.
  func unused(among addresses: [String]) -> PrepError {
    PrepError(
      .unknown, "there is no step '\(owner)'", at: place,
      hint: suggestion(for: owner, among: addresses + ["params"])
        ?? "the steps are \(addresses.joined(separator: ", "))")
  }

  /// Puts the value into a mapping, in place of a scalar or as a new key.
  func applied(to entries: inout [ConfigNode.Entry]) throws(PrepError) {
    guard let position = entries.firstIndex(where: { $0.key == key }) else {
      entries.append(.init(key, at: place, node))
      return
    }
    guard case .scalar = entries[position].value else {
      throw PrepError(
        .usage, "'\(owner).\(key)' is \(entries[position].value.found) in the file", at: place,
        hint: "only scalars can be set from the command line")
    }
    entries[position].value = node
  }
}
