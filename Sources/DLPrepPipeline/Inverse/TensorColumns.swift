package import DLPrepData

extension FittedPipeline {
  /// What its tensors hold: the columns of the matrix, and the target beside it.
  package func tensorColumns() throws(PrepError) -> (features: [String], target: Field?) {
    let fields = try ColumnHistory(self).outputs.map(\.field)
    return (
      fields.filter { $0.role == .feature }.flatMap(\.tableNames),
      fields.first { $0.role == .target }
    )
  }
}
