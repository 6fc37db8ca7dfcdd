import DLPrepData
import DLPrepPipeline

/// Looks up what a supervised stage made of each category: for serving by all training rows, for a
/// training row by those outside of its fold.
///
/// Encodings are those of the categories in their order, then that of missing values, then that of
/// unseen ones.
struct FoldEncoding {
  private let values: SortedStrings
  private let count: Int
  let onMissing: MissingPolicy
  let onUnknown: UnknownAction

  /// How a stage looks up categories.
  init(_ values: ByteStrings, for stage: some Stage) {
    self.values = SortedStrings(values)
    count = values.count
    onMissing = stage.encoderMissing
    onUnknown = stage.unknownAction
  }

  /// The work on serving rows: one output for each list of encodings.
  func serving(_ encodings: [[Double]], _ slots: Slots) -> Kernel {
    let map = positions()
    return { block, run in
      read(map, slots.input, block, run)
      for (encodings, slot) in zip(encodings, slots.outputs) {
        block.columns[slot].fill(map) { encodings[Int($1)] }
      }
    }
  }

  /// The work on training rows: for each output, the encodings of each fold.
  func training(_ byFold: [[[Double]]], _ folding: Folds, _ slots: Slots) -> Kernel {
    let map = positions()
    return { block, run in
      read(map, slots.input, block, run)
      guard let folds = run.folds[folding] else {
        return run.fail(0, of: block, .internal, "expected the folds of the rows, found none")
      }
      for (byFold, slot) in zip(byFold, slots.outputs) {
        block.columns[slot].fill(map) { row, position in byFold[Int(folds[row])][Int(position)] }
      }
    }
  }

  /// The position of each row's category among the encodings.
  func positions() -> CategoryMap<Int32> {
    let missing = Int32(count)
    return CategoryMap<Int32>(
      missing: onMissing == .category ? missing : missing + 1, onMissing, unknown: missing + 1,
      onUnknown)
  }

  /// Works out the positions of a block's rows.
  func read(_ map: CategoryMap<Int32>, _ slot: Int, _ block: Block, _ run: RunContext) {
    map.read(slot, of: block, run) { values.index(of: $0).map { Int32($0) } }
  }
}

extension Column {
  /// Becomes floats that are looked up by row and position.
  func fill(
    _ positions: CategoryMap<Int32>, _ value: (_ row: Int, _ position: Int32) -> Double
  ) {
    let count = positions.missing.count
    prepare(.floats, count: count)
    unsafe floats.withUnsafeMutableBufferPointer { floats in
      unsafe positions.values.withUnsafeBufferPointer { positions in
        for row in 0..<count { unsafe floats[row] = value(row, positions[row]) }
      }
    }
    missing = positions.missing
  }
}
