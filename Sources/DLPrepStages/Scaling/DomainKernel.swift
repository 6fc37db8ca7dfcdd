import DLPrepData
import DLPrepPipeline

extension Stage {
  /// Opens a kernel that applies a function to each number in place.
  ///
  /// Where it has no finite value, the number becomes missing and is counted, or is an error with
  /// `missing: error`.
  func domainKernel(
    _ slots: Slots, expecting expected: String, _ function: @escaping (Double) -> Double
  ) -> Kernel {
    let fails = common.missing == .error
    return { block, run in
      let column = block.columns[slots.input]
      if fails { run.failMissing(column, of: block) }
      column.convertToFloats()
      let count = column.count
      var lost: [(row: Int, number: Double)] = []
      unsafe column.floats.withUnsafeMutableBufferPointer { floats in
        for row in 0..<count {
          let number = unsafe floats[row]
          let value = function(number)
          unsafe floats[row] = value
          // An infinite number that was let in may stay infinite.
          if !value.isFinite && (number.isFinite || value.isNaN) { lost.append((row, number)) }
        }
      }
      lost.removeAll { column.missing[$0.row] }
      if fails, let first = lost.first(where: { block.removed?[$0.row] != true }) {
        run.fail(
          first.row, of: block, .unseen, "expected \(expected), found \(first.number)",
          hint: "limit the numbers first, or leave out 'missing: error'")
      }
      for (row, _) in lost { column.missing[row] = true }
      run.count("out of domain, made missing", lost.count)
    }
  }
}

extension Moments {
  /// Whether the numbers are so near together that their spread is only rounding (scikit-learn's
  /// `_is_constant_feature`).
  var isConstant: Bool {
    let n = weight
    let drift = n * mean * epsilon
    return variance <= n * epsilon * variance + drift * drift
  }
}

extension Column {
  /// The number of each row; what missing rows hold means nothing.
  func numbers() -> [Double] {
    switch storage {
    case .integers: integers[..<count].map(Double.init)
    case .flags: flags[..<count].map(Double.init)
    case .floats: Array(floats[..<count])
    case .codes, .text, .sparse: Array(repeating: 0, count: count)
    }
  }
}
