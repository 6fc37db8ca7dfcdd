public import DLPrepData
public import DLPrepPipeline

/// Counts the terms of a text: a component for each word, or run of characters, learned at fit.
///
/// ```yaml
/// - count_vectorize: {columns: note, max_features: 3}
/// ```
/// ```csv
/// note
/// The red car
/// the RED red house
/// NA
/// ```
/// becomes
/// ```csv
/// note=car,note=red,note=the
/// 1,1,1
/// 0,2,1
/// 0,0,0
/// ```
/// It learns the terms, sorted. Words are runs of two or more word characters; `ngrams: [1, 2]`
/// takes pairs of them as well; `char` and `char_wb` take runs of characters, the latter within
/// words. Terms in fewer texts than `min_df` or more than `max_df` are left out (a number of texts,
/// or a share with a decimal point), then all but the `max_features` most frequent ones; of equally
/// frequent ones the first by bytes stay, where scikit-learn takes any. Missing text has no terms
/// and isn't counted as a text. Terms not seen at fit are passed over. Same as scikit-learn
/// `CountVectorizer`. Cost: one sweep, memory by distinct terms.
public struct CountVectorize: VocabularyStage {
  /// The key in pipeline files.
  public static let name = "count_vectorize"
  /// One sentence for listings.
  public static let summary = "Counts the terms of a text: a component for each."
  /// What others call it.
  public static let otherNames = [
    "CountVectorizer", "bag of words", "step_tokenfilter", "step_tf", "TextVectorization", "ngram",
  ]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = vocabularyParameters
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(),
      Self(.type(.text)) {
        ($0.ngrams, $0.minDf, $0.maxFeatures) = (NgramRange(1...2), .count(2), 4)
        ($0.lowercase, $0.stopWords) = (false, .words(["text"]))
      },
      Self(.type(.text)) {
        ($0.analyzer, $0.maxDf, $0.common.missing) = (.charWb, .share(0.75), .keep)
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// What the terms are.
  public var analyzer = TextAnalyzer.word
  /// How many words or characters make a term.
  public var ngrams = NgramRange(1...1)
  /// The fewest texts that a term must occur in.
  public var minDf = DocumentBound.count(1)
  /// The most texts that a term may occur in.
  public var maxDf = DocumentBound.share(1)
  /// The most terms that are kept.
  public var maxFeatures: Int?
  /// Whether letters become lower case first.
  public var lowercase = true
  /// Words that are left out.
  public var stopWords = StopWords.none
  /// Everything at its default.
  public init() {}

  /// The terms.
  public struct Learned: SavedByFields {
    /// The terms, sorted by bytes.
    public var terms = ByteStrings()
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [.init("terms", \.terms)]
  }

  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    var learned = Learned()
    learned.terms = try vocabulary(answers, for: field).terms.values
    return learned
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] {
    [.vector(learned?.terms.texts)]
  }
  /// Opens the work.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let counter = TermCounter(tokenizer, learned.terms)
    let map = SparseMap(isWhole: true, common.missing ?? .ignore) { text, rows in
      counter.count(text, into: &rows)
      return false
    }
    return { block, run in map.apply(slots.input, of: block, run) }
  }
}
