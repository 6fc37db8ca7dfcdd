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

  /// The names of the stages that others call `word`: the exact name first, then those in which
  /// it occurs, letter case and punctuation aside.
  public func names(knownAs word: String) -> [String] {
    func letters(_ text: String) -> String {
      text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
    let wanted = letters(word)
    guard !wanted.isEmpty else { return [] }
    let known = stages.map { stage in (stage.name, ([stage.name] + stage.otherNames).map(letters)) }
    let exact = known.filter { $0.1.contains(wanted) }.map(\.0)
    let parts = known.filter { $0.1.contains { $0.contains(wanted) } }.map(\.0)
    return exact + parts.filter { !exact.contains($0) }
  }
}
