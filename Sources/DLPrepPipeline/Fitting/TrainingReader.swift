import DLPrepBytes
import DLPrepData
import Synchronization

/// Reads a source once into typed columns, on all workers; twice where a guessed type was wrong.
struct TrainingReader {
  /// What came of the input.
  struct Result {
    var inputs: [InputColumn]
    var rows: [Rows]
    /// The parts of each column: the inputs, then the copies as read.
    var columns: [[CachedColumn]]
    /// The source as it was read to its end.
    var source: any TableSource
    var notes: [String]
    var warnings: [String]
  }

  private let pipeline: Pipeline
  private let options: RunOptions
  private let cache: ColumnCache
  /// Columns that are read once more as they stand: fold keys, the split's key, passed-through ones.
  private let copies: [(name: String, type: CellType)]

  init(
    _ pipeline: Pipeline, _ cache: ColumnCache, _ options: RunOptions,
    copies: [(name: String, type: CellType)]
  ) {
    self.pipeline = pipeline
    self.cache = cache
    self.options = options
    self.copies = copies
  }

  /// Reads all rows.
  func read(_ source: any TableSource, _ types: InputTypes) throws(PrepError) -> Result {
    var types = types
    var source = source
    if types.hasGuesses {
      try guess(&types, source)
      source = try again(source)
    }
    while true {
      let pass = ReadingPass(source, try plan(types, source), cache, options)
      try pass.run()
      if try types.learn(pass.evidence, present: pass.present) {
        pass.discard()
        source = try again(source)
        continue
      }
      types.settle(present: pass.present, hasRows: pass.rows.contains { $0.count > 0 })
      if let rejects = options.rejects, !pass.rejects.isEmpty { try rejects.reject(pass.rejects) }
      let columns = pass.columns
      let present = pass.present
      let known = types
      let settled = try Fit.inParallel(Array(columns.indices), options.threads) { slot in
        Swift.Result { () throws(PrepError) in
          try settle(
            columns[slot], slot, pass.dictionaries(of: slot), known, isPresent: present[slot])
        }
      }
      for (slot, settled) in settled.enumerated() {
        let found = try settled.get()
        if found.isText { types.becomeText(slot) }
        if found.isExact { types.takesDecimals(slot) }
      }
      return Result(
        inputs: types.inputs, rows: pass.rows, columns: columns, source: source,
        notes: types.notes, warnings: types.warnings)
    }
  }

  /// What the values of a column show once all are read.
  private struct Findings {
    /// Whether a guessed category is free text.
    var isText: Bool
    /// Whether all are integers that are floats as well.
    var isExact: Bool
  }

  /// Gives the parts of a column one dictionary, and those without any value a type.
  private func settle(
    _ parts: [CachedColumn], _ slot: Int, _ dictionaries: [Levels], _ types: InputTypes,
    isPresent: Bool
  ) throws(PrepError) -> Findings {
    let isInput = slot < types.inputs.count
    let isInferred = isInput && types.isGuess[slot]
    let isText = try LevelUnion(parts, dictionaries, cache).settle(mayBecomeText: isInferred)
    let isInteger = isInput && types.inputs[slot].type.dataType == .integer
    let isExact = isInteger ? try isExact(parts) : false
    if isInferred, !isPresent {
      for part in parts {
        try cache.fetch(part).become(.floats)
        try cache.settle(part)
      }
    }
    return Findings(isText: isText, isExact: isExact)
  }

  /// Whether every integer lies within 2^53, so that it is a float as well.
  private func isExact(_ parts: [CachedColumn]) throws(PrepError) -> Bool {
    let limit: UInt64 = 1 << 53
    for part in parts where !part.isWithin(1 << 53) {
      let column = try cache.view(part)
      let (integers, missing) = (column.integers, column.missing)
      let isBeyond = (0..<column.count).contains {
        integers[$0].magnitude > limit && !missing[$0]
      }
      if isBeyond { return false }
    }
    return true
  }

  /// Guesses types from the first block: all are integers, until a value shows otherwise; then
  /// that column is read again.
  private func guess(_ types: inout InputTypes, _ source: any TableSource) throws(PrepError) {
    let records = source.makeRecords()
    guard try source.read(into: records) else { return }
    let block = Block(slots: types.inputs.count)
    var unread = types.readColumns()
    for index in unread.indices { unread[index].mayEndEarly = unread[index].isGuess }
    while !unread.isEmpty {
      var evidence: [Int: TypeEvidence] = [:]
      try records.parse(
        ReadPlan(columns: unread, slots: types.inputs.count), into: block, evidence: &evidence)
      let present = block.columns.map { $0.missing.total < $0.count }
      let guessed = types.inputs.map(\.type)
      guard try types.learn(evidence, present: present) else { return }
      unread = types.readColumns().filter { $0.type != guessed[$0.slot] }
    }
  }

  private func plan(_ types: InputTypes, _ source: any TableSource) throws(PrepError) -> ReadPlan {
    var columns = types.readColumns()
    for copy in copies {
      guard let index = source.columns.firstIndex(of: copy.name) else {
        throw PrepError(
          .column, "expected a column '\(copy.name)', found none in \(source.name)",
          at: pipeline.output.place, hint: suggestion(for: copy.name, among: source.columns))
      }
      columns.append(ReadColumn(source: index, slot: columns.count, type: copy.type))
    }
    return ReadPlan(columns: columns, slots: columns.count)
  }

  private func again(_ source: any TableSource) throws(PrepError) -> any TableSource {
    guard let again = try source.restarted() else {
      throw PrepError(
        .internal, "expected an input that can be read twice", at: Place(file: source.name))
    }
    return again
  }
}
