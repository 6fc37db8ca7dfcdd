import DLPrepData
public import DLPrepPipeline

extension PCA.Fitted {
  /// Opens the work.
  public func kernel(_ slots: [Int], made: [Int]) -> Kernel {
    let scale = scale
    let projection = Combinations(
      shifts: mean, starts: made.map { _ in 0 }, weights: components)
    return { block, run in
      let count = block.count
      for slot in slots {
        run.failMissing(block.columns[slot], of: block, hint: "impute it before")
      }
      let outputs = made.map { block.columns[$0] }
      for column in outputs { column.prepare(.floats, count: count) }
      projection.apply(
        to: slots.map { block.columns[$0].numbers() }, count: count, into: outputs)
      for (column, divisor) in zip(outputs, scale) {
        for row in 0..<count { column.floats[row] /= divisor }
      }
    }
  }

  /// Opens the way back: the mean and what each component adds; a row without all components is
  /// missing.
  public func inverseKernel(_ slots: [Int], made: [Int]) -> Kernel? {
    let (components, scale) = (components, scale)
    let own = slots.indices.filter { slots[$0] >= 0 }
    let projection = Combinations(
      shifts: made.map { _ in 0 }, starts: own.map { mean[$0] },
      weights: own.map { column in
        components.indices.map { components[$0][column] * (scale.isEmpty ? 1 : scale[$0]) }
      })
    return { block, run in
      let count = block.count
      let scores = made.map { block.columns[$0].numbers() }
      let outputs = own.map { block.columns[slots[$0]] }
      for column in outputs {
        column.prepare(.floats, count: count)
        for slot in made { column.missing = column.missing.union(block.columns[slot].missing) }
      }
      projection.apply(to: scores, count: count, into: outputs)
    }
  }
}
