import DLPrepData
public import DLPrepPipeline

extension PCA.Fitted {
  /// Opens the work.
  public func kernel(_ slots: [Int], made: [Int]) -> Kernel {
    let (mean, components, scale) = (mean, components, scale)
    return { block, run in
      let count = block.count
      for slot in slots {
        run.failMissing(block.columns[slot], of: block, hint: "impute it before")
      }
      for slot in made { block.columns[slot].prepare(.floats, count: count) }
      for (column, slot) in slots.enumerated() {
        var numbers = block.columns[slot].numbers()
        for row in 0..<count { numbers[row] -= mean[column] }
        for (component, slot) in made.enumerated() {
          let weight = components[component][column]
          let isLast = column == slots.count - 1
          let divisor = isLast && !scale.isEmpty ? scale[component] : 1
          let out = block.columns[slot]
          unsafe numbers.withUnsafeBufferPointer { numbers in
            unsafe out.floats.withUnsafeMutableBufferPointer { sums in
              for row in 0..<count {
                unsafe sums[row] =
                  ((column == 0 ? 0 : sums[row]) + numbers[row] * weight) / divisor
              }
            }
          }
        }
      }
    }
  }

  /// Opens the way back: the mean and what each component adds; a row without all components is
  /// missing.
  public func inverseKernel(_ slots: [Int], made: [Int]) -> Kernel? {
    let (mean, components, scale) = (mean, components, scale)
    return { block, run in
      let count = block.count
      let scores = made.map { block.columns[$0].numbers() }
      for (column, slot) in slots.enumerated() where slot >= 0 {
        var sums = Array(repeating: mean[column], count: count)
        for (component, own) in scores.enumerated() {
          let weight = components[component][column] * (scale.isEmpty ? 1 : scale[component])
          for row in 0..<count { sums[row] += own[row] * weight }
        }
        let out = block.columns[slot]
        out.prepare(.floats, count: count)
        for row in 0..<count { out.floats[row] = sums[row] }
        for slot in made { out.missing = out.missing.union(block.columns[slot].missing) }
      }
    }
  }
}
