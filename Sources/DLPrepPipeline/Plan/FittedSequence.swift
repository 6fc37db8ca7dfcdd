package import DLPrepBytes
package import DLPrepData

/// A fitted step that looks at earlier rows, its stage's type erased.
package protocol FittedSequence: Sendable {
  /// The columns that it was fitted on, in table order.
  var columns: [String] { get }
  /// What was learned, as the artifact holds it.
  var saved: JSON { get }
  /// What comes of a column.
  func outputs(for field: Field) -> [Output]
  /// Opens the work for one run.
  func open(_ columns: [SequenceColumn], keys: [Int], order: Int) -> any SequenceWork
}

/// One column of a sequence step in its place.
package struct SequenceColumn {
  package var field: Field
  package var slots: Slots
  /// The original's slot, where it stays.
  package var copyFrom: Int?
}

/// What serving goes on from: the groups after the last training row.
struct CarriedState<State: Savable>: SavedByFields {
  /// The groups.
  var keys = GroupKeys()
  /// The order of each group's last row.
  var last: [Double] = []
  /// For each column, each group's state.
  var states: [[State]] = []

  static var fields: [SavedField<Self>] {
    [.init("groups", \.keys), .init("last", \.last), .init("states", \.states)]
  }
}

/// A fitted step of one sequence stage.
struct LearnedSequence<S: SequenceStage>: FittedSequence {
  let stage: S
  let columns: [String]
  let carried: CarriedState<S.State>?

  init(stage: S, columns: [String], carried: CarriedState<S.State>?) {
    self.stage = stage
    self.columns = columns
    self.carried = carried
  }

  /// Reads what was carried.
  init(_ stage: S, columns: [String], loading json: JSON) throws(PrepError) {
    let carried = try CarriedState<S.State>?(loading: json)
    if let carried {
      let count = carried.keys.count
      guard carried.last.count == count, carried.states.count == columns.count,
        carried.states.allSatisfy({ $0.count == count })
      else { throw unloadable("as many states as groups") }
    }
    self.init(stage: stage, columns: columns, carried: carried)
  }

  var saved: JSON { carried.saved }

  func outputs(for field: Field) -> [Output] { stage.outputs(for: field) }

  func open(_ columns: [SequenceColumn], keys: [Int], order: Int) -> any SequenceWork {
    SequenceRun(stage, columns, keys: keys, order: order, from: carried)
  }
}
