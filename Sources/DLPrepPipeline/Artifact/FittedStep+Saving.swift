import DLPrepBytes
import DLPrepData

extension FittedStep {
  /// The step as the artifact holds it; the stage's parameters stand in the pipeline.
  var saved: JSON {
    var members = [JSON.Member("id", .text(address))]
    switch work {
    case .columns(let entries):
      members.append(
        JSON.Member(
          "columns",
          .array(
            entries.map { entry in
              .object([
                JSON.Member("column", .text(entry.column)),
                JSON.Member("role", .text(entry.role.rawValue)),
                JSON.Member("learned", entry.saved),
              ])
            })))
    case .block(let block, let columns):
      members.append(JSON.Member("acts_on", .array(columns.map { .text($0) })))
      members.append(JSON.Member("learned", block.saved))
    case .structure(let kept):
      members.append(JSON.Member("from", .array(kept.map { .text($0.from) })))
      members.append(JSON.Member("to", .array(kept.map { .text($0.to) })))
    }
    return .object(members)
  }

  /// The step that an artifact holds for a step of its pipeline.
  init(_ step: Step, loading json: JSON) throws(PrepError) {
    guard try String(loading: json["id"] ?? .null) == step.address else {
      throw unloadable("the step '\(step.address)'")
    }
    let work: Work
    switch step.stage {
    case let stage as any ColumnStage: work = .columns(try Self.columns(stage, json))
    case let stage as any BlockStage:
      work = .block(
        try Self.block(stage, json), columns: try [String](loading: json["acts_on"] ?? .null))
    default:
      let from = try [String](loading: json["from"] ?? .null)
      let to = try [String](loading: json["to"] ?? .null)
      guard from.count == to.count else { throw unloadable("as many new names as old ones") }
      work = .structure(zip(from, to).map { (from: $0, to: $1) })
    }
    self.init(address: step.address, stage: step.stage, place: step.place, work: work)
  }

  private static func columns<S: ColumnStage>(
    _ stage: S, _ json: JSON
  ) throws(PrepError)
    -> [any FittedColumn]
  {
    guard case .array(let saved)? = json["columns"] else { throw unloadable("a list of columns") }
    var entries: [any FittedColumn] = []
    for entry in saved {
      guard let role = Role(rawValue: try String(loading: entry["role"] ?? .null)) else {
        throw unloadable("a role")
      }
      entries.append(
        LearnedColumn(
          stage: stage, column: try String(loading: entry["column"] ?? .null), role: role,
          learned: try S.Learned(loading: entry["learned"] ?? .null)))
    }
    return entries
  }

  private static func block<S: BlockStage>(
    _ stage: S, _ json: JSON
  ) throws(PrepError)
    -> any FittedBlock
  {
    LearnedBlock(stage: stage, fitted: try S.Fitted(loading: json["learned"] ?? .null))
  }
}
