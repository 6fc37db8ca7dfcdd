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

  /// The names of the stages that have to do with a word, letter case and punctuation aside: those
  /// that others call so; else those in whose names or summary it occurs; else those that are nearly
  /// called so.
  public func names(knownAs word: String) -> [String] {
    func letters(_ text: String) -> String {
      text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
    let wanted = letters(word)
    guard !wanted.isEmpty else { return [] }
    let known = stages.map { stage in (stage.name, ([stage.name] + stage.otherNames).map(letters)) }
    let exact = known.filter { $0.1.contains(wanted) }.map(\.0)
    let parts = zip(stages, known).filter { stage, known in
      known.1.contains { $0.contains(wanted) } || letters(stage.summary).contains(wanted)
    }.map(\.1.0)
    let found = exact + parts.filter { !exact.contains($0) }
    if !found.isEmpty { return found }
    return known.filter { suggestion(for: wanted, among: $0.1) != nil }.map(\.0)
  }
}
