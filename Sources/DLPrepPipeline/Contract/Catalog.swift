/// The stages that a pipeline file may name.
public struct Catalog: Sendable {
  /// The stages, sorted by name.
  public private(set) var stages: [any Stage.Type]

  /// A catalogue of the given stages.
  public init(_ stages: [any Stage.Type]) {
    self.stages = stages.sorted { $0.name < $1.name }
  }

  /// The same catalogue with a stage more.
  public func adding(_ stage: any Stage.Type) -> Catalog { Catalog(stages + [stage]) }

  /// The stage of that name.
  public subscript(name: String) -> (any Stage.Type)? { stages.first { $0.name == name } }

  /// Every name, sorted.
  public var names: [String] { stages.map { $0.name } }
}
