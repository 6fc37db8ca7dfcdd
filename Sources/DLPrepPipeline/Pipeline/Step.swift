public import DLPrepData

/// A stage in its place in a pipeline, with its address and where each of its keys stands.
public struct Step: Sendable {
  /// What it does.
  public var stage: any Stage
  /// The step's address: its `id`, or the stage's name, then `NAME_2`, ...
  public var address: String
  /// Where it stands in the pipeline file.
  public var place: Place?
  /// Where its keys' values stand; under `KEY/NAME` where a key names a column or another text.
  public var places: [String: Place]

  /// A step without places, as made by Swift code.
  public init(
    _ stage: any Stage, address: String, place: Place? = nil, places: [String: Place] = [:]
  ) {
    self.stage = stage.resolved
    self.address = address
    self.place = place
    self.places = places
  }
}

extension Step {
  /// Where a name stands in the value of a key; else where the value stands, else the step.
  ///
  /// A stage may take its columns from a mapping, as `cast` does: then the name stands there.
  package func place(of name: String? = nil, in key: String) -> Place? {
    guard let name else { return places[key] ?? place }
    let elsewhere = places.filter { $0.key.hasSuffix("/\(name)") }.values
    return places["\(key)/\(name)"] ?? places[key]
      ?? elsewhere.min { ($0.line, $0.column) < ($1.line, $1.column) } ?? place
  }
}

extension Step: Equatable {
  /// Whether both do the same under the same address, wherever they stand.
  public static func == (a: Step, b: Step) -> Bool {
    func same<S: Stage>(_ stage: S) -> Bool { (b.stage as? S) == stage }
    return a.address == b.address && same(a.stage)
  }
}
