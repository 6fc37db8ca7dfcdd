import DLPrepData
public import DLPrepPipeline

/// What the terms of a text are.
public enum TextAnalyzer: String, Sendable, CaseIterable, ParameterValue {
  case word
  case char
  case charWb = "char_wb"
}

/// A stage that takes texts apart into terms, as scikit-learn's vectorizers do.
protocol TermStage: ColumnStage {
  /// What the terms are.
  var analyzer: TextAnalyzer { get set }
  /// How many words or characters make a term.
  var ngrams: NgramRange { get set }
  /// Whether letters become lower case first.
  var lowercase: Bool { get set }
  /// Words that are left out.
  var stopWords: StopWords { get set }
}

extension TermStage {
  /// The shared keys it takes.
  public static var commonKeys: CommonKeys { [.columns, .missing, .name, .keepOriginal] }
  /// Where it acts if the file doesn't say.
  public static var defaultColumns: Selector? { .type(.text) }
  /// The parameters that say what terms are.
  static var termParameters: [Parameter<Self>] {
    [
      .init("analyzer", \.analyzer, "What terms are: words, characters, or characters in words."),
      .init("ngrams", \.ngrams, "How many of them the shortest and the longest terms have."),
    ]
  }
  /// The parameters that say what becomes of words before.
  static var wordParameters: [Parameter<Self>] {
    [
      .init("lowercase", \.lowercase, "Whether letters become lower case first."),
      .init("stop_words", \.stopWords, "Words that are left out: none, english, or a list."),
    ]
  }

  /// How it takes texts apart.
  var tokenizer: Tokenizer {
    let unit: Tokenizer.Unit =
      switch analyzer {
      case .word: .words
      case .char: .characters
      case .charWb: .charactersOfWords
      }
    return Tokenizer(
      unit, lengths: ngrams.lengths, lowercases: lowercase, stopWords: stopWords.set)
  }

  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isTextual }
  /// Checks the rules between these parameters.
  public func validate() throws(PrepError) {
    try refuse(.category)
    if analyzer != .word, stopWords != .none {
      throw PrepError(
        .value, "expected 'stop_words' with 'analyzer: word', found '\(analyzer.rawValue)'")
    }
  }
}

/// A stage whose components are the terms that it has learned.
protocol VocabularyStage: TermStage {
  /// The fewest texts that a term must occur in.
  var minDf: DocumentBound { get set }
  /// The most texts that a term may occur in.
  var maxDf: DocumentBound { get set }
  /// The most terms, the most frequent ones.
  var maxFeatures: Int? { get set }
}

extension VocabularyStage {
  /// The parameters that say what terms are, and which of them are kept.
  static var vocabularyParameters: [Parameter<Self>] {
    termParameters + [
      .init("min_df", \.minDf, "The fewest texts that a term must occur in."),
      .init("max_df", \.maxDf, "The most texts that a term may occur in."),
      .init("max_features", \.maxFeatures, in: 1...Int.max, "The most terms that are kept."),
    ] + wordParameters
  }

  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { [.count, .terms(tokenizer)] }

  /// The terms that are components, and how many texts there were.
  ///
  /// Of equally frequent terms at the limit of `max_features` the first ones in byte order stay.
  func vocabulary(
    _ answers: Answers, for field: Field
  ) throws(PrepError) -> (terms: TermCounts, texts: Int) {
    try answers.requireValues(of: field)
    let texts = answers.count.rows - answers.count.missing
    let found = answers.terms(.terms(tokenizer))
    let low = minDf.limit(of: texts)
    let high = maxDf.limit(of: texts)
    if high < low {
      throw PrepError(
        .fit,
        "expected 'max_df' to be at least 'min_df', found \(high) and \(low) of \(texts) texts in "
          + "column '\(field.name)'")
    }
    var kept = found.values.count == 0 ? [] : Array(0..<found.values.count)
    kept = kept.filter { (low...high).contains(Double(found.documents[$0])) }
    if let maxFeatures, kept.count > maxFeatures {
      let order = kept.sorted { (found.counts[$1], $0) < (found.counts[$0], $1) }
      kept = order.prefix(maxFeatures).sorted()
    }
    guard !kept.isEmpty else {
      throw PrepError(
        .fit,
        "expected terms in column '\(field.name)', found "
          + (found.values.count == 0
            ? "none in \(texts) texts" : "none of \(found.values.count) within min_df and max_df"),
        hint: "try a lower min_df, a higher max_df, or another analyzer")
    }
    var terms = TermCounts()
    for i in kept {
      terms.values.append(found.values, i)
      terms.counts.append(found.counts[i])
      terms.documents.append(found.documents[i])
    }
    return (terms, texts)
  }
}
