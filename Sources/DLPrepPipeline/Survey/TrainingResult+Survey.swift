package import DLPrepData

extension TrainingResult {
  /// Looks at every column of the training rows, several at a time.
  package func survey(threads: Int) throws(PrepError) -> [ColumnSurvey] {
    let results = try Fit.inParallel(data.columns, threads) { [data] column in
      Result { () throws(PrepError) in try Surveyor(column, data).surveyed() }
    }
    var surveys: [ColumnSurvey] = []
    for result in results { surveys.append(try result.get()) }
    return surveys
  }
}

/// Looks at one column.
private struct Surveyor {
  /// Beyond this many distinct values they are no longer counted: memory is bounded.
  private static let mostDistinct = 100_000
  private let column: TrainingColumn
  private let answering: Answering
  private var survey: ColumnSurvey

  init(_ column: TrainingColumn, _ table: TrainingTable) {
    self.column = column
    answering = Answering(FitContext(table.cache, table.rows, nil), column)
    survey = ColumnSurvey(field: column.field)
    survey.rows = table.rows.trainCount
  }

  func surveyed() throws(PrepError) -> ColumnSurvey {
    var done = self
    try done.look()
    return done.survey
  }

  private mutating func look() throws(PrepError) {
    try count()
    switch column.field.type {
    case .integer, .float, .date, .timestamp: survey.numbers = try numbers()
    case .category, .text: survey.words = try words()
    case .bool, .vector: break
    }
  }

  private mutating func count() throws(PrepError) {
    var tally = CategoryTally()
    var (missing, counted) = (0, 0)
    try answering.forEachPart { part, _ throws(PrepError) in
      let absent = part.missing.total
      missing += absent
      guard tally.distinct <= Self.mostDistinct else { return }
      tally.add(part)
      counted += part.count - absent
    }
    survey.missing = missing
    (survey.distinct, survey.counted) = (tally.distinct, counted)
    guard tally.distinct <= Self.mostDistinct else { return }
    let counts = tally.counts()
    let order = counts.counts.indices.sorted { (counts.counts[$1], $0) < (counts.counts[$0], $1) }
    survey.frequent = order.prefix(3).map { (counts.values[$0], counts.counts[$0]) }
    survey.rare = counts.counts.count { $0 * 100 < survey.rows }
  }

  private func numbers() throws(PrepError) -> NumberSurvey? {
    let quartiles: [Statistic] = [.quantile(0.25, .linear), .quantile(0.75, .linear)]
    var known = Answers()
    try answering.answer([.moments, .extremes] + quartiles, into: &known)
    let moments = known.moments
    guard moments.count > 0 else { return nil }
    var numbers = NumberSurvey()
    (numbers.minimum, numbers.maximum) = (known.extremes.min, known.extremes.max)
    let (low, high) = (known.number(quartiles[0]), known.number(quartiles[1]))
    let reach = 3 * (high - low)
    var cubes = 0.0
    var (far, last) = (0, Double.nan)
    var isCounting = column.field.type == .integer && survey.missing == 0
    try answering.forEachPart { part, _ throws(PrepError) in
      let values = part.numbers()
      for row in 0..<part.count where !part.missing[row] {
        let value = values[row]
        let distance = value - moments.mean
        cubes += distance * distance * distance
        if value < low - reach || value > high + reach { far += 1 }
        if !last.isNaN, value != last + 1 { isCounting = false }
        last = value
      }
    }
    let deviation = moments.variance.squareRoot()
    let skew = cubes / Double(moments.count) / (deviation * deviation * deviation)
    numbers.skew = skew.isFinite ? skew : 0
    numbers.far = reach > 0 ? far : 0
    numbers.counts = isCounting && moments.count > 1
    return numbers
  }

  private func words() throws(PrepError) -> WordSurvey {
    var survey = WordSurvey()
    let markers = WordSurvey.markerWords.map { Array($0.utf8) }
    try answering.forEachPart { part, _ throws(PrepError) in
      for row in 0..<part.count {
        guard let text = part.key(row) else { continue }
        let inner = text.trimmed
        if inner.count < text.count { survey.padded += 1 }
        survey.words += inner.wordCount
        // Markers are short: longer texts needn't be compared.
        if inner.count < 8, let marker = markers.firstIndex(of: inner) {
          survey.markers[WordSurvey.markerWords[marker], default: 0] += 1
        } else if !inner.isNumber {
          survey.others += 1
        }
      }
    }
    return survey
  }
}

extension [UInt8] {
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// Without white space at both ends.
  fileprivate var trimmed: [UInt8] {
    guard let first = firstIndex(where: { !Self.isSpace($0) }),
      let last = lastIndex(where: { !Self.isSpace($0) })
    else { return [] }
    return first == 0 && last == count - 1 ? self : Array(self[first...last])
  }

  /// How many words stand between white space.
  fileprivate var wordCount: Int { split(whereSeparator: Self.isSpace).count }

  /// Whether it looks like a decimal number.
  fileprivate var isNumber: Bool {
    contains { (48...57).contains($0) }
      && allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
  }
}
