package import DLPrepData

/// Answers questions about one column's training rows, part by part and exactly.
struct Answering {
  let context: FitContext
  private let column: TrainingColumn
  /// Some of the rows alone; nil: all training rows.
  private let some: Column?
  /// The weights of those.
  private let someWeights: [Double]
  /// All training rows in one piece, once they have been put there.
  private let whole: WholeColumn

  init(
    _ context: FitContext, _ column: TrainingColumn, rows some: Column? = nil,
    weights: [Double] = []
  ) {
    self.context = context
    self.column = column
    self.some = some
    someWeights = weights
    whole = WholeColumn(column, context)
  }

  /// The weights of a part's rows; empty where the rows have none.
  func weights(part: Int) -> [Double] {
    some == nil ? context.weights?.train[part] ?? [] : someWeights
  }

  private var rowCount: Int { some?.count ?? context.rows.trainCount }

  /// Answers all questions; order statistics share their sweeps.
  func answer(_ open: [Statistic], into known: inout Answers) throws(PrepError) {
    try answerOrderStatistics(open, into: &known)
    try answerWeighted(open, into: &known)
    try answerGrouped(open, into: &known)
    for statistic in open where !known.has(statistic) {
      known.values[statistic] = try answer(statistic)
    }
  }

  /// The facts that a selector may ask for.
  func facts() -> ColumnFacts {
    var facts = ColumnFacts(
      field: column.field, actedOn: column.actedOn, madeBy: column.madeBy)
    facts.rows = { context.rows.trainCount }
    facts.missing = { try? missing() }
    facts.distinct = { limit in
      guard case .distinct(let count)? = try? answer(.distinct(upTo: limit)) else { return nil }
      return count
    }
    return facts
  }

  private func answer(_ statistic: Statistic) throws(PrepError) -> Answers.Answer {
    switch statistic {
    case .count: return .count(rows: rowCount, missing: try missing())
    case .extremes: return try extremes()
    case .moments: return .moments(try moments())
    case .sum: return .number(try exactMoments().sum.rounded)
    case .distinct(let limit): return .distinct(try distinct(upTo: limit))
    case .categories:
      var tally = CategoryTally()
      try forEachPart { column, _ throws(PrepError) in tally.add(column) }
      return .categories(tally.counts())
    case .terms(let tokenizer):
      return .terms(try terms(tokenizer).result())
    case .distribution: return .distribution(try distribution())
    case .powerScore(let fit): return .number(try powerScore(fit))
    case .powerMoments(let curve): return .moments(try powerMoments(curve))
    case .byOthers(let others, let label):
      guard let supervision = context.supervision else {
        throw PrepError(.internal, "expected a target")
      }
      return .byOthers(
        try OtherSums(supervision, column, context.cache).targets(others, label: label))
    case .byCategory(let folds, let label):
      guard let supervision = context.supervision else {
        throw PrepError(.internal, "expected a target")
      }
      return .byCategory(
        try TargetSums(supervision, column, context.cache).moments(folds, label: label))
    case .quantile, .deviationQuantile, .grouped, .weighted:
      throw PrepError(.internal, "expected such statistics to be answered together")
    }
  }

  private func terms(_ tokenizer: Tokenizer) throws(PrepError) -> TermTally {
    var all = TermTally(tokenizer)
    guard some == nil else {
      try forEachPart { column, _ throws(PrepError) in try all.add(column) }
      return all
    }
    let (parts, cache) = (column.train, context.cache)
    let tallies = try context.spare.share(parts.count) {
      (tally: TermTally(tokenizer), scratch: Column())
    } _: { worker, part throws(PrepError) in
      try worker.tally.add(try cache.view(parts[part], worker.scratch))
    }
    for worker in tallies { try all.merge(worker.tally) }
    return all
  }

  private func missing() throws(PrepError) -> Int {
    var missing = 0
    try forEachPart { column, _ throws(PrepError) in missing += column.missing.total }
    return missing
  }

  private func moments() throws(PrepError) -> Moments {
    let sums = try exactMoments()
    if sums.count == 0 { return Moments(count: 0, mean: 0, variance: 0) }
    return Moments(count: sums.count, mean: sums.mean, variance: sums.variance)
  }

  private func exactMoments() throws(PrepError) -> ExactMoments {
    var sums = ExactMoments()
    try forEachPart { column, _ throws(PrepError) in
      let missing = column.missing
      if column.storage == .integers {
        let integers = column.integers
        sums.add(integers.span.extracting(0..<column.count), missing: missing.words.span)
      } else {
        let numbers = column.numbers()
        sums.add(numbers.span, missing: missing.words.span)
      }
    }
    return sums
  }

  private func extremes() throws(PrepError) -> Answers.Answer {
    var extremes = Extremes<Double>()
    try forEachPart { column, _ throws(PrepError) in
      let numbers = column.numbers()
      let missing = column.missing
      extremes.observe(numbers.span, missing: missing.words.span)
    }
    return .extremes(min: extremes.min ?? .infinity, max: extremes.max ?? -.infinity)
  }

  private func distinct(upTo limit: Int) throws(PrepError) -> Int {
    if column.field.type == .float { return try distinctNumbers(upTo: limit) }
    var tally = CategoryTally()
    try forEachPart { column, _ throws(PrepError) in
      if tally.distinct <= limit { tally.add(column) }
    }
    return min(tally.distinct, limit + 1)
  }

  /// Numbers needn't be written out to be told apart.
  private func distinctNumbers(upTo limit: Int) throws(PrepError) -> Int {
    var tally = DistinctUpTo<Double>(limit: limit)
    try forEachPart { column, _ throws(PrepError) in
      let missing = column.missing
      column.withNumbers { tally.observe($0, missing: missing.words.span) }
    }
    return tally.count ?? limit + 1
  }

  private func distribution() throws(PrepError) -> [(value: Double, count: Int)] {
    var counts: [Double: Int] = [:]
    try forEachPart { column, _ throws(PrepError) in
      let numbers = column.numbers()
      for row in 0..<column.count where !column.missing[row] {
        counts[numbers[row], default: 0] += 1
      }
    }
    return counts.sorted { $0.key < $1.key }.map { (value: $0.key, count: $0.value) }
  }

  private func answerOrderStatistics(
    _ open: [Statistic], into known: inout Answers
  )
    throws(PrepError)
  {
    var plain: [(Statistic, QuantileRequest)] = []
    for statistic in open {
      switch statistic {
      case .quantile(let share, let interpolation):
        plain.append((statistic, QuantileRequest(share, interpolation)))
      case .deviationQuantile(let share, let center):
        let request = QuantileRequest(share, share == 0.5 ? .midpoint : .linear)
        let found = try quantiles([request], of: .deviation(from: center))
        known.values[statistic] = .number(found.first ?? .nan)
      default: break
      }
    }
    guard !plain.isEmpty else { return }
    let found = try quantiles(plain.map(\.1), of: .values)
    for (i, (statistic, _)) in plain.enumerated() {
      known.values[statistic] = .number(i < found.count ? found[i] : .nan)
    }
  }

  private func quantiles(
    _ requests: [QuantileRequest], of measured: Measured
  ) throws(PrepError)
    -> [Double]
  {
    var search = QuantileSearch(requests, of: measured)
    while var sweep = search.nextSweep {
      try forEachPart { column, _ throws(PrepError) in
        let missing = column.missing
        if column.storage == .integers {
          let integers = column.integers
          sweep.observe(integers.span.extracting(0..<column.count), missing: missing.words.span)
        } else {
          let numbers = column.numbers()
          sweep.observe(numbers.span, missing: missing.words.span)
        }
      }
      search.take(sweep)
    }
    return search.answers ?? []
  }

  /// Statistics of each group: the column's rows are gathered group by group.
  private func answerGrouped(
    _ open: [Statistic], into known: inout Answers
  ) throws(PrepError) {
    let asked = open.compactMap { if case .grouped(let inner) = $0 { inner } else { nil } }
    guard !asked.isEmpty else { return }
    guard let grouping = context.grouping, some == nil else {
      throw PrepError(.internal, "expected a stage with group columns")
    }
    var parts: [Column] = []
    for part in column.train { parts.append(try context.cache.view(part)) }
    let whole = Column.joined(parts)
    var groups =
      known.groups
      ?? Answers.Groups(keys: grouping.keys, answers: grouping.rows.map { _ in Answers() })
    let weights = context.weights?.all
    for (group, rows) in grouping.rows.enumerated() {
      let answering = Answering(
        context, column, rows: whole.gathered(rows),
        weights: weights.map { weights in rows.map { weights[$0] } } ?? [])
      try answering.answer(asked, into: &groups.answers[group])
    }
    known.groups = groups
    for statistic in asked { known.values[.grouped(statistic)] = .byGroup }
  }

  /// Calls `body` with the training rows of each part, in order; they are gone with the next part.
  ///
  /// Few rows without weights come as one part: statistics don't depend on how rows are parted.
  func forEachPart(_ body: (Column, Int) throws(PrepError) -> Void) throws(PrepError) {
    if let some { return try body(some, 0) }
    if let all = try whole.rows() { return try body(all, 0) }
    let scratch = Column()
    for (part, cached) in column.train.enumerated() {
      try body(try context.cache.view(cached, scratch), part)
    }
  }
}

extension Column {
  /// Lends the values as floats, one a row; what missing rows hold means nothing.
  ///
  /// Unlike `numbers()` it copies no floats.
  func withNumbers<Result>(_ body: (Span<Double>) -> Result) -> Result {
    let values = storage == .floats ? floats : numbers()
    return body(values.span.extracting(0..<count))
  }

  /// The values as floats, one a row; what missing rows hold means nothing.
  package func numbers() -> [Double] {
    switch storage {
    case .floats: floats.count == count ? floats : Array(floats[..<count])
    case .integers: integers[..<count].map(Double.init)
    case .flags: flags[..<count].map(Double.init)
    case .codes, .text, .sparse: Array(repeating: 0, count: count)
    }
  }
}
