import DLPrepData
import DLPrepPipeline

extension FoldEncoding {
  /// The work on training rows that are told of other rows of their category: `encoding` makes one
  /// of their number, their mean, and the mean of all rows.
  func training(
    _ learned: TargetEncode.Learned, _ questions: [Statistic], _ slots: Slots,
    _ encoding: @escaping (_ count: Int, _ mean: Double, _ prior: Double) -> Double
  ) -> Kernel {
    let map = positions()
    let last = Int32(learned.values.count + 1)
    let priors = learned.encodings.map { $0[Int(last)] }
    return { block, run in
      read(map, slots.input, block, run)
      for (i, slot) in slots.outputs.enumerated() {
        guard let others = run.others[questions[i]] else {
          return run.fail(0, of: block, .internal, "expected other rows' targets, found none")
        }
        block.columns[slot].fill(map) { row, position in
          position == last
            ? priors[i] : encoding(others.counts[row], others.means[row], priors[i])
        }
      }
    }
  }
}

extension Answers {
  /// The target by category over all training rows, for each label that has a column.
  var wholeTargets: [Statistic] {
    labels.map { .byCategory(.hashed(1, key: nil), label: $0) }
  }

  /// The encoding of each category by its rows and all rows, that of missing, then the mean of all.
  func targetEncodings(
    of field: Field, _ encoding: (_ category: Moments, _ prior: Moments) -> Double
  ) throws(PrepError) -> TargetEncode.Learned {
    try requireValues(of: field)
    var learned = TargetEncode.Learned()
    learned.classes = labelNames
    for question in wholeTargets {
      let targets = targets(question)
      let prior = targets.whole.prior
      learned.values = targets.values
      let categories = targets.whole.categories + [targets.whole.missing]
      learned.encodings.append(categories.map { encoding($0, prior) } + [prior.mean])
    }
    try requireFinite(learned.encodings.joined().reduce(0) { $0 + abs($1) }, of: field)
    return learned
  }
}
