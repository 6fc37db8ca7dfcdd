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
    case .sequence(let sequence):
      members.append(JSON.Member("acts_on", .array(sequence.columns.map { .text($0) })))
      members.append(JSON.Member("learned", sequence.saved))
    case .rows(let columns):
      members.append(JSON.Member("acts_on", .array(columns.map { .text($0) })))
    case .structure(let kept):
      members.append(JSON.Member("from", .array(kept.map { .text($0.from) })))
      members.append(JSON.Member("to", .array(kept.map { .text($0.to) })))
    }
    return .object(members)
  }

  /// The step that an artifact holds for a step of its pipeline.
  init(_ step: Step, reading text: inout SavedText) throws(PrepError) {
    guard text.isObject else { throw unloadable("the step '\(step.address)'") }
    var id: String?
    var columns: [any FittedColumn]?
    var block: (any FittedBlock)?
    var carried: JSON?
    var names: [String: [String]] = [:]
    var last: [UInt8]?
    while let key = try text.cursor.nextKey(after: last) {
      last = key
      let word = String(decoding: key, as: UTF8.self)
      switch (word, step.stage) {
      case ("id", _): id = try String(reading: &text)
      case ("columns", let stage as any ColumnStage): columns = try Self.columns(stage, &text)
      case ("learned", let stage as any BlockStage): block = try Self.block(stage, &text)
      case ("learned", is any SequenceStage): carried = try text.json()
      case ("acts_on", _), ("from", _), ("to", _):
        let list = try [String](reading: &text)
        try Self.requireDistinct(list)
        names[word] = list
      default: _ = try text.json()
      }
    }
    guard let id, id == step.address else { throw unloadable("the step '\(step.address)'") }
    let work: Work
    switch step.stage {
    case is any ColumnStage:
      guard let columns else { throw unloadable("a list of columns") }
      work = .columns(columns)
    case is any BlockStage:
      guard let block, let actsOn = names["acts_on"] else { throw unloadable("what was learned") }
      work = .block(block, columns: actsOn)
    case let stage as any SequenceStage:
      guard let carried, let actsOn = names["acts_on"] else {
        throw unloadable("what was learned")
      }
      work = .sequence(try Self.sequence(stage, actsOn, carried))
    case is any RowStage:
      guard let actsOn = names["acts_on"] else { throw unloadable("a list of columns") }
      work = .rows(columns: actsOn)
    default:
      guard let from = names["from"], let to = names["to"], from.count == to.count else {
        throw unloadable("as many new names as old ones")
      }
      work = .structure(zip(from, to).map { (from: $0, to: $1) })
    }
    self.init(address: step.address, stage: step.stage, place: step.place, work: work)
  }

  /// No step acts on a column twice.
  private static func requireDistinct(_ names: [String]) throws(PrepError) {
    try requireLearned(Set(names.map { Array($0.utf8) }).count == names.count, "distinct columns")
  }

  private static func columns<S: ColumnStage>(
    _ stage: S, _ text: inout SavedText
  ) throws(PrepError) -> [any FittedColumn] {
    guard text.isList else { throw unloadable("a list of columns") }
    var entries: [any FittedColumn] = []
    var isFirst = true
    while try text.cursor.nextElement(&isFirst) { entries.append(try column(stage, &text)) }
    try requireDistinct(entries.map(\.column))
    return entries
  }

  private static func column<S: ColumnStage>(
    _ stage: S, _ text: inout SavedText
  ) throws(PrepError) -> LearnedColumn<S> {
    guard text.isObject else { throw unloadable("a column") }
    var name: String?
    var role: Role?
    var learned: S.Learned?
    var last: [UInt8]?
    while let key = try text.cursor.nextKey(after: last) {
      last = key
      switch String(decoding: key, as: UTF8.self) {
      case "column": name = try String(reading: &text)
      case "role": role = Role(rawValue: try String(reading: &text))
      case "learned": learned = try S.Learned(reading: &text)
      default: _ = try text.json()
      }
    }
    guard let name else { throw unloadable("a column's name") }
    guard let role else { throw unloadable("a role") }
    guard let learned else { throw unloadable("what column '\(name)' has taught") }
    return LearnedColumn(stage: stage, column: name, role: role, learned: learned)
  }

  private static func block<S: BlockStage>(
    _ stage: S, _ text: inout SavedText
  ) throws(PrepError) -> any FittedBlock {
    LearnedBlock(stage: stage, fitted: try S.Fitted(reading: &text))
  }

  private static func sequence<S: SequenceStage>(
    _ stage: S, _ columns: [String], _ carried: JSON
  ) throws(PrepError) -> any FittedSequence {
    try LearnedSequence(stage, columns: columns, loading: carried)
  }
}
