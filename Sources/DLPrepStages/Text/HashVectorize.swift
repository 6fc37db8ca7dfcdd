public import DLPrepData
public import DLPrepPipeline

/// Counts the terms of a text in a fixed number of components, chosen by a hash of each term.
///
/// ```yaml
/// - hash_vectorize: {columns: note, buckets: 4, norm: none}
/// ```
/// ```csv
/// note
/// red car
/// red red house
/// NA
/// ```
/// becomes
/// ```csv
/// note#0,note#1,note#2,note#3
/// 0,0,-1,-1
/// 0,0,1,-2
/// 0,0,0,0
/// ```
/// It learns nothing, and terms never seen before count as any other. Terms are found as in
/// `count_vectorize`; the 32-bit MurmurHash3 of a term chooses its component, and with
/// `alternate_sign` the hash's sign whether it counts up or down, so that collisions cancel out.
/// Then each row is divided by its `norm`. Missing text has no terms. The usual 1,048,576 buckets
/// are more columns than a table or a dense matrix should have: state fewer. Same as scikit-learn
/// `HashingVectorizer`, bit for bit. Cost: none at fit.
public struct HashVectorize: TermStage {
  /// The key in pipeline files.
  public static let name = "hash_vectorize"
  /// One sentence for listings.
  public static let summary = "Counts the terms of a text in components chosen by a hash."
  /// What others call it.
  public static let otherNames = [
    "HashingVectorizer", "HashingTF", "step_texthash", "hashing trick",
  ]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] =
    [.init("buckets", \.buckets, in: 1...HashBuckets.most, "How many components there are.")]
    + termParameters + wordParameters + [
      .init("norm", \.norm, "What each row is divided by."),
      .init("alternate_sign", \.alternateSign, "Whether half of the terms count down."),
    ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(.type(.text)) { $0.buckets = 16 },
      Self(.type(.text)) {
        ($0.buckets, $0.ngrams, $0.norm, $0.alternateSign) = (8, NgramRange(1...2), .none, false)
        ($0.lowercase, $0.stopWords) = (false, .words(["text"]))
      },
      Self(.type(.text)) {
        ($0.buckets, $0.analyzer, $0.ngrams, $0.norm) = (5, .charWb, NgramRange(2...3), .l1)
        $0.common.missing = .keep
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many components there are.
  public var buckets = 1 << 20
  /// What the terms are.
  public var analyzer = TextAnalyzer.word
  /// How many words or characters make a term.
  public var ngrams = NgramRange(1...1)
  /// Whether letters become lower case first.
  public var lowercase = true
  /// Words that are left out.
  public var stopWords = StopWords.none
  /// What each row is divided by.
  public var norm = VectorNorm.l2
  /// Whether half of the terms count down.
  public var alternateSign = true
  /// Everything at its default.
  public init() {}

  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Nothing?) -> [Output] {
    [.vector((0..<buckets).map(String.init), "{column}#{value}")]
  }
  /// Opens the work.
  public func kernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel {
    let reader = TermReader(tokenizer)
    let hashed = HashBuckets(buckets, isSigned: alternateSign, seed: 0)
    let norm = norm
    let map = SparseMap(isWhole: norm == .none, common.missing ?? .ignore) { text, rows in
      reader.read(text)
      hashed.add(reader.terms, to: &rows)
      norm.apply(to: &rows)
      return false
    }
    return { block, run in map.apply(slots.input, of: block, run) }
  }
}
