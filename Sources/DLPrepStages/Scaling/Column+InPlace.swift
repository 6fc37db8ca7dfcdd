import DLPrepData
import DLPrepPipeline

extension Block {
  /// Changes the numbers of a column in place; it becomes one of floats.
  ///
  /// Missing rows hold anything and may be changed too: they are told by their bit.
  func changeFloats(_ slot: Int, _ change: (UnsafeMutableBufferPointer<Double>) -> Void) {
    let column = columns[slot]
    column.convertToFloats()
    let count = column.count
    unsafe column.floats.withUnsafeMutableBufferPointer { floats in
      unsafe change(UnsafeMutableBufferPointer(rebasing: floats[..<count]))
    }
  }
}

extension Stage {
  /// Opens a kernel that changes numbers in place and minds `missing: error`.
  func floatKernel(
    _ slots: Slots, _ change: @escaping (UnsafeMutableBufferPointer<Double>) -> Void
  ) -> Kernel {
    let fails = common.missing == .error
    return { block, run in
      if fails { run.failMissing(block.columns[slots.input], of: block) }
      unsafe block.changeFloats(slots.input, change)
    }
  }
}

/// The machine epsilon of binary64, as numpy's `finfo(float64).eps`.
let epsilon = Double.ulpOfOne

/// A scale that is safe to divide by: 1 where it is next to nothing (scikit-learn's
/// `_handle_zeros_in_scale`).
func nonzeroScale(_ scale: Double) -> Double { scale < 10 * epsilon ? 1 : scale }

/// Refuses numbers too large to have a finite spread.
func requireFinite(_ numbers: Double..., of field: Field) throws(PrepError) {
  guard !numbers.allSatisfy(\.isFinite) else { return }
  throw PrepError(
    .fit, "expected numbers with a finite spread in column '\(field.name)', found larger ones")
}

/// Refuses a column all of whose values have weight 0.
func requireWeight(of field: Field, _ moments: Moments) throws(PrepError) {
  guard moments.count == 0 else { return }
  throw PrepError(
    .fit, "expected a value with a weight above 0 in column '\(field.name)', found none")
}
