import DLPrepData
import DLPrepPipeline

extension Stage {
  /// Opens a way back that applies a function to each number in place.
  ///
  /// A number that the step makes of nothing becomes missing, and is counted.
  func inverseFloats(_ slots: Slots, _ function: @escaping (Double) -> Double) -> Kernel {
    { block, run in
      let column = block.columns[slots.input]
      var lost: [Int] = []
      unsafe block.changeFloats(slots.input) { numbers in
        for row in 0..<numbers.count {
          let number = unsafe numbers[row]
          let value = function(number)
          unsafe numbers[row] = value
          if !value.isFinite && (number.isFinite || value.isNaN) { lost.append(row) }
        }
      }
      lost.removeAll { column.missing[$0] }
      for row in lost { column.missing[row] = true }
      run.count("out of reach, made missing", lost.count)
    }
  }
}
