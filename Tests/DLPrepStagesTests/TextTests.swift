import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private let documents: [String?] = [
  "The cat sat on the mat.", "the CAT_9 saw \u{FF12} dogs, dogs & dogs",
  "ΟΔΥΣΣΕΥΣ went ΣΑΣ; \u{130}stanbul \u{E9}\u{301}t\u{E9}", "a  b\t\tc no tokens", "",
  "naïve café — don't stop! x² ½ 日本語",
]

/// The components of a text column, and their values row after row.
private func vectors(
  _ stage: any Stage, _ values: [String?], asCategory: Bool = false
) async throws -> (names: [String], rows: [[Double?]]) {
  let table = try Table(["x": asCategory ? .category(values) : .text(values)])
  let out = try await Pipeline([stage]).fit(table).apply(table)
  var rows = Array(repeating: [Double?](), count: values.count)
  for (_, column) in out.columns {
    switch column {
    case .integer(let numbers):
      for (row, number) in numbers.enumerated() { rows[row].append(number.map(Double.init)) }
    case .float(let numbers):
      for (row, number) in numbers.enumerated() { rows[row].append(number) }
    default: Issue.record("a component that isn't a number")
    }
  }
  return (out.columns.map { String($0.name.dropFirst(2)) }, rows)
}

private func sums(_ rows: [[Double?]]) -> [Int] {
  rows.map { Int($0.reduce(0) { $0 + ($1 ?? 0) }) }
}

@Test func wordsAreThoseOfScikitLearn() async throws {
  // sklearn 1.9.1: CountVectorizer().fit(documents).get_feature_names_out(), rows' sums.
  let (names, rows) = try await vectors(CountVectorize(["x"]), documents)
  #expect(
    names == [
      "café", "cat", "cat_9", "dogs", "don", "mat", "naïve", "no", "on", "sat", "saw", "stanbul",
      "stop", "the", "tokens", "t\u{E9}", "went", "x²", "οδυσσευς", "σας", "日本語",
    ])
  #expect(sums(rows) == [6, 6, 5, 2, 0, 6])
  #expect(rows[1][3] == 3)
}

@Test func termsAreThoseOfScikitLearn() async throws {
  // sklearn 1.9.1: sums of the rows of CountVectorizer(...).fit_transform(documents).
  let pairs = try await vectors(
    CountVectorize(["x"]) { ($0.ngrams, $0.minDf) = (NgramRange(1...2), .count(2)) }, documents)
  #expect(pairs.names == ["the"])
  #expect(sums(pairs.rows) == [2, 1, 0, 0, 0, 0])
  let characters = try await vectors(
    CountVectorize(["x"]) { ($0.analyzer, $0.ngrams) = (.char, NgramRange(2...3)) }, documents)
  #expect(characters.names.count == 204)
  #expect(sums(characters.rows) == [43, 63, 63, 27, 0, 63])
  #expect(Array(characters.names[..<6]) == [" &", " & ", " b", " b ", " c", " c "])
  let inWords = try await vectors(
    CountVectorize(["x"]) { ($0.analyzer, $0.ngrams) = (.charWb, NgramRange(3...5)) }, documents)
  #expect(inWords.names.count == 207)
  #expect(sums(inWords.rows) == [36, 56, 72, 21, 0, 56])
  let stopped = try await vectors(CountVectorize(["x"]) { $0.stopWords = .english }, documents)
  #expect(stopped.names.count == 18)
  #expect(sums(stopped.rows) == [3, 5, 5, 1, 0, 6])
  let cased = try await vectors(
    CountVectorize(["x"]) { ($0.lowercase, $0.maxDf) = (false, .share(0.2)) }, documents)
  #expect(Array(cased.names[..<2]) == ["CAT_9", "The"])
  #expect(sums(cased.rows) == [5, 5, 5, 2, 0, 6])
}

@Test func categoriesAndTextHaveTheSameTerms() async throws {
  let repeated = documents + documents + [nil]
  for analyzer in TextAnalyzer.allCases {
    let stage = Tfidf(["x"]) { $0.analyzer = analyzer }
    let text = try await vectors(stage, repeated)
    let category = try await vectors(stage, repeated, asCategory: true)
    #expect(text.names == category.names)
    #expect(text.rows == category.rows)
  }
}

@Test func theMostFrequentTermsStay() async throws {
  let values: [String?] = ["bb aa", "aa bb cc", "cc dd dd dd"]
  let (names, rows) = try await vectors(CountVectorize(["x"]) { $0.maxFeatures = 2 }, values)
  #expect(names == ["aa", "dd"])
  #expect(rows == [[1, 0], [1, 0], [0, 3]])
}

@Test func weightsAreThoseOfScikitLearn() async throws {
  // sklearn 1.9.1: TfidfVectorizer(...).fit_transform.
  let values: [String?] = ["red car", "red red house", "car house house garden"]
  let cases: [((inout Tfidf) -> Void, [[Double]])] = [
    (
      { _ in },
      [
        [0.7071067811865476, 0, 0, 0.7071067811865476],
        [0, 0, 0.4472135954999579, 0.8944271909999159],
        [0.38550292161010064, 0.5068900148458076, 0.7710058432202013, 0],
      ]
    ),
    (
      { ($0.sublinearTf, $0.norm, $0.smoothIdf) = (true, .l1, false) },
      [
        [0.5, 0, 0, 0.5], [0, 0, 0.37131279241563214, 0.6286872075843678],
        [0.23887287689488487, 0.3566801850782979, 0.4044469380268172, 0],
      ]
    ),
    (
      { $0.norm = .none },
      [
        [1.2876820724517808, 0, 0, 1.2876820724517808],
        [0, 0, 1.2876820724517808, 2.5753641449035616],
        [1.2876820724517808, 1.6931471805599454, 2.5753641449035616, 0],
      ]
    ),
  ]
  for (set, expected) in cases {
    let (names, rows) = try await vectors(Tfidf(["x"], set), values)
    #expect(names == ["car", "garden", "house", "red"])
    for (row, wanted) in zip(rows, expected) { #expect(near(.float(row), wanted)) }
  }
}

@Test func hashedTermsAreThoseOfScikitLearn() async throws {
  // sklearn 1.9.1: HashingVectorizer(...).transform(documents).
  let signed = try await vectors(HashVectorize(["x"]) { $0.buckets = 8 }, documents)
  #expect(signed.names == (0..<8).map(String.init))
  #expect(
    signed.rows == [
      [0, 0, 0, -0.4082482904638631, 0.4082482904638631, 0, -0.8164965809277261, 0],
      [0, 0, 0, -0.4082482904638631, 0, 0.8164965809277261, -0.4082482904638631, 0],
      [
        0, -0.4472135954999579, 0, 0.4472135954999579, -0.4472135954999579, 0.4472135954999579, 0,
        0.4472135954999579,
      ],
      [0, 0, 0, 0, 0.7071067811865475, 0, 0.7071067811865475, 0],
      [0, 0, 0, 0, 0, 0, 0, 0],
      [
        0.35355339059327373, -0.35355339059327373, 0.35355339059327373, 0, 0, 0.35355339059327373,
        0.7071067811865475, 0,
      ],
    ])
  let plain = try await vectors(
    HashVectorize(["x"]) {
      ($0.buckets, $0.norm, $0.alternateSign, $0.ngrams) = (8, .none, false, NgramRange(1...2))
    }, documents)
  #expect(
    plain.rows == [
      [1, 1, 1, 1, 1, 0, 4, 2], [1, 0, 0, 1, 3, 4, 1, 1], [2, 2, 0, 1, 1, 1, 1, 1],
      [0, 0, 0, 0, 1, 0, 1, 1], [0, 0, 0, 0, 0, 0, 0, 0], [1, 1, 1, 0, 1, 1, 3, 3],
    ])
  let shares = try await vectors(
    HashVectorize(["x"]) {
      ($0.buckets, $0.norm, $0.analyzer, $0.ngrams) = (5, .l1, .charWb, NgramRange(2...3))
    }, documents)
  #expect(
    shares.rows[0] == [
      0.07692307692307693, 0.15384615384615385, -0.2692307692307692, -0.11538461538461539,
      0.38461538461538464,
    ])
  #expect(shares.rows[3] == [-0.3333333333333333, 0.4444444444444444, 0, -0.2222222222222222, 0])
}

@Test func missingTextHasNoTerms() async throws {
  let values: [String?] = ["aa bb", nil, "aa"]
  let (names, rows) = try await vectors(CountVectorize(["x"]), values)
  #expect(names == ["aa", "bb"])
  #expect(rows == [[1, 1], [0, 0], [1, 0]])
  let kept = try await vectors(CountVectorize(["x"]) { $0.common.missing = .keep }, values)
  #expect(kept.rows == [[1, 1], [nil, nil], [1, 0]])
  // Two texts, not three: ln(3 / 2) + 1.
  let weights = try await vectors(Tfidf(["x"]) { $0.norm = .none }, values)
  #expect(near(.float(weights.rows[0]), [1, 1.4054651081081644]))
}

@Test func textWithoutTermsIsRefused() async throws {
  for (stage, values) in [
    (CountVectorize(["x"]), ["a", "b"]), (CountVectorize(["x"]) { $0.minDf = .count(2) }, ["aa"]),
  ] {
    await #expect {
      _ = try await Pipeline([stage]).fit(Table(["x": .text(values)]))
    } throws: { ($0 as? PrepError)?.code == .fit }
  }
}

@Test func tooManyBucketsForATableAreRefused() async throws {
  let table = try Table(["x": .text(["some words"])])
  await #expect {
    _ = try await Pipeline([HashVectorize(["x"])]).fit(table)
  } throws: {
    guard let error = $0 as? PrepError else { return false }
    return error.code == .limit && error.message.contains("1048576")
      && error.hint?.contains("buckets") == true
  }
}

@Test func hashedCategoriesAreThoseOfScikitLearn() async throws {
  // sklearn 1.9.1: FeatureHasher(6).transform([{"x": value}]) each.
  let values: [String?] = ["rome", "bern", "São Paulo", "", "lima", nil]
  for asCategory in [true, false] {
    let (names, rows) = try await vectors(
      HashEncode(["x"]) { $0.buckets = 6 }, values, asCategory: asCategory)
    #expect(names == (0..<6).map(String.init))
    #expect(rows == hashed)
  }
}

@Test func cellsOfManyValuesBecomeComponents() async throws {
  // pandas 3.1: Series.str.get_dummies().
  let values: [String?] = ["a|b", "b||c d", "", "b|b", nil]
  let table = try Table(["x": .text(values)])
  let fitted = try await Pipeline([MultiHot(["x"])]).fit(table)
  let out = try fitted.apply(table)
  #expect(out.columns.map(\.name) == ["x=a", "x=b", "x=c d", "x=missing"])
  #expect(out.values(of: "x=a") == .integer([1, 0, 0, 0, 0]))
  #expect(out.values(of: "x=b") == .integer([1, 1, 0, 1, 0]))
  #expect(out.values(of: "x=c d") == .integer([0, 1, 0, 0, 0]))
  #expect(out.values(of: "x=missing") == .integer([0, 0, 0, 0, 1]))
  let other = try fitted.apply(Table(["x": .text(["z|b"])]))
  #expect(other.values(of: "x=b") == .integer([1]))
  let strict = try await Pipeline([MultiHot(["x"]) { $0.common.unknown = .error }]).fit(table)
  #expect(throws: PrepError.self) { try strict.apply(Table(["x": .text(["z|b"])])) }
}

/// By value: what `FeatureHasher(6)` makes of it; the last row is that of the name alone.
private let hashed: [[Double?]] = [
  [0, 0, 1, 0, 0, 0],
  [0, 0, 0, 0, -1, 0],
  [-1, 0, 0, 0, 0, 0],
  [0, 0, 1, 0, 0, 0],
  [0, -1, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 1],
]
