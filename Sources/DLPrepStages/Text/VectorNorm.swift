import DLPrepData
public import DLPrepPipeline

/// What the numbers of a row are divided by, so that long texts don't outweigh short ones.
public enum VectorNorm: String, Sendable, CaseIterable, ParameterValue {
  case none
  case l1
  case l2

  /// Divides the entries of the row that isn't ended yet; a row of zeros stays one.
  func apply(to rows: inout SparseRows) {
    let range = rows.open
    var norm = 0.0
    // In the order of components, as scikit-learn adds them.
    switch self {
    case .none: return
    case .l1: for i in range { norm += abs(rows.values[i]) }
    case .l2:
      for i in range { norm += rows.values[i] * rows.values[i] }
      norm = norm.squareRoot()
    }
    guard norm != 0 else { return }
    for i in range { rows.values[i] /= norm }
  }
}
