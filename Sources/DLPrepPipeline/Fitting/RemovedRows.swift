import DLPrepData

/// Rows that a step takes out, part by part, of the training rows and of the test rows.
struct RemovedRows {
  var train: [Bitmap?] = []
  var test: [Bitmap?] = []

  /// Whether any row is taken out.
  var any: Bool { (train + test).contains { $0?.any ?? false } }

  /// Rows that are marked in either.
  func union(_ other: RemovedRows) -> RemovedRows {
    func both(_ a: [Bitmap?], _ b: [Bitmap?]) -> [Bitmap?] {
      zip(a, b).map { x, y in
        guard let x, let y else { return x ?? y }
        return x.union(y)
      }
    }
    return RemovedRows(train: both(train, other.train), test: both(test, other.test))
  }
}
