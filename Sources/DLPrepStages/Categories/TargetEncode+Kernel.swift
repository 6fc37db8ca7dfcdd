public import DLPrepData
public import DLPrepPipeline

extension TargetEncode {
  /// Opens the work on serving rows.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let map = positions(of: learned.values)
    return { block, run in
      let positions = map(slots.input, block, run)
      for (encodings, slot) in zip(learned.encodings, slots.outputs) {
        block.columns[slot].fill(positions) { encodings[Int($1)] }
      }
    }
  }

  /// Opens the work on training rows: each is encoded by the rows outside of its fold.
  public func trainingKernel(
    _ learned: Learned, _ answers: Answers, for field: Field, _ slots: Slots
  ) -> Kernel? {
    let questions = questions(answers)
    guard case .byCategory(let asked, _)? = questions.first else { return nil }
    let outside = questions.map { answers.targets($0).outside.map(encodings) }
    let map = positions(of: learned.values)
    return { block, run in
      let positions = map(slots.input, block, run)
      guard let folds = run.folds[asked] else {
        return run.fail(0, of: block, .internal, "expected the folds of the rows, found none")
      }
      for (byFold, slot) in zip(outside, slots.outputs) {
        block.columns[slot].fill(positions) { row, position in
          byFold[Int(folds[row])][Int(position)]
        }
      }
    }
  }

  /// The position of each row's category among the encodings.
  private func positions(
    of values: ByteStrings
  ) -> (_ slot: Int, _ block: Block, _ run: RunContext) -> CategoryMap<Int32> {
    let missing = Int32(values.count)
    let prior = missing + 1
    let map = CategoryMap<Int32>(
      missing: encoderMissing == .category ? missing : prior, encoderMissing, unknown: prior,
      unknownAction)
    let values = SortedStrings(values)
    return { slot, block, run in
      map.read(slot, of: block, run) { values.index(of: $0).map { Int32($0) } }
      return map
    }
  }
}

extension Column {
  /// Becomes floats that are looked up by row and position.
  fileprivate func fill(
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
