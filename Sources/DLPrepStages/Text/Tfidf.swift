public import DLPrepData
public import DLPrepPipeline

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Weighs the terms of a text by how often they occur in it and how rare they are elsewhere.
///
/// ```yaml
/// - tfidf: {columns: note, norm: l1}
/// ```
/// ```csv
/// note
/// car
/// car car
/// NA
/// ```
/// becomes
/// ```csv
/// note=car
/// 1.0
/// 1.0
/// 0.0
/// ```
/// It learns the terms, sorted, and the weight of each: ln((1 + n) / (1 + d)) + 1 for a term in d
/// of n texts; with `smooth_idf: false` ln(n / d) + 1. A component is the term's count (with
/// `sublinear_tf` 1 + ln of it) times its weight; then each row is divided by its `norm`. Terms are
/// found and chosen as in `count_vectorize`. Missing text has no terms and isn't counted as a text.
/// Same as scikit-learn `TfidfVectorizer`. Cost: one sweep, memory by distinct terms.
public struct Tfidf: VocabularyStage {
  /// The key in pipeline files.
  public static let name = "tfidf"
  /// One sentence for listings.
  public static let summary = "Weighs the terms of a text by how rare they are."
  /// What others call it.
  public static let otherNames = ["TfidfVectorizer", "TF-IDF", "step_tfidf", "IDF"]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] =
    vocabularyParameters + [
      .init("sublinear_tf", \.sublinearTf, "Whether a count becomes 1 + ln of it."),
      .init("norm", \.norm, "What each row is divided by."),
      .init("smooth_idf", \.smoothIdf, "Whether a text with every term is added to the counts."),
    ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(),
      Self(.type(.text)) {
        ($0.ngrams, $0.minDf, $0.maxFeatures) = (NgramRange(1...2), .count(2), 4)
        ($0.lowercase, $0.stopWords, $0.sublinearTf) = (false, .english, true)
      },
      Self(.type(.text)) {
        ($0.analyzer, $0.maxDf, $0.norm, $0.smoothIdf) = (.char, .share(0.9), .l1, false)
        $0.common.missing = .keep
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
  /// Whether a count becomes 1 + ln of it.
  public var sublinearTf = false
  /// What each row is divided by.
  public var norm = VectorNorm.l2
  /// Whether a text with every term is added to the counts.
  public var smoothIdf = true
  /// Everything at its default.
  public init() {}

  /// The terms and their weights.
  public struct Learned: SavedByFields {
    /// The terms, sorted by bytes.
    public var terms = ByteStrings()
    /// By term: its inverse document frequency.
    public var weights: [Double] = []
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("terms", \.terms), .init("idf", \.weights),
    ]
  }

  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    let (terms, texts) = try vocabulary(answers, for: field)
    let added = smoothIdf ? 1.0 : 0
    var learned = Learned()
    learned.terms = terms.values
    learned.weights = terms.documents.map {
      log((Double(texts) + added) / (Double($0) + added)) + 1
    }
    return learned
  }
  /// Whether it can have been learned.
  public func check(_ loaded: Learned, for field: Field) throws(PrepError) {
    try requireLearned(loaded.weights.count == loaded.terms.count, "a weight for each term")
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] {
    [.vector(learned?.terms.texts)]
  }
  /// Opens the work.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let counter = TermCounter(tokenizer, learned.terms)
    let (weights, isSublinear, norm) = (learned.weights, sublinearTf, norm)
    let map = SparseMap(isWhole: false, common.missing ?? .ignore) { text, rows in
      counter.count(text, into: &rows)
      for i in rows.open {
        if isSublinear { rows.values[i] = log(rows.values[i]) + 1 }
        rows.values[i] *= weights[Int(rows.components[i])]
      }
      norm.apply(to: &rows)
      return false
    }
    return { block, run in map.apply(slots.input, of: block, run) }
  }
}
