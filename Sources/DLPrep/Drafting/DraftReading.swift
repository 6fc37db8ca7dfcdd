/// How a table wants to be read, by what a first look at it has shown.
struct DraftReading {
  /// The options, changed where the table asks for it.
  private(set) var input: InputOptions
  /// The reasons, for comments.
  private(set) var reasons: [String] = []

  /// Judges the columns as they were read with the given options; `isHeaderStated` says whether
  /// the user has said if there is one.
  init(_ surveys: [ColumnSurvey], _ names: [String], _ input: InputOptions, isHeaderStated: Bool) {
    self.input = input
    if !isHeaderStated, input.header, Self.isData(names) {
      self.input.header = false
      reasons.append(Self.noHeader)
    }
    let texts = surveys.filter { $0.words != nil }
    let padded = texts.filter { ($0.words?.padded ?? 0) * 2 > $0.present }
    if !input.trim, !padded.isEmpty, padded.count * 2 >= texts.count {
      self.input.trim = true
      reasons.append("White space stands around most values.")
    }
    readMarkers(texts)
  }

  /// What is said where the first line seems to be a record.
  static let noHeader =
    "A guess: the first line holds numbers, so it is no header. columns: names them."

  /// Whether anything is to be read in another way.
  var isChanged: Bool { !reasons.isEmpty }

  private mutating func readMarkers(_ texts: [ColumnSurvey]) {
    for marker in WordSurvey.markerWords {
      let places = texts.compactMap { survey -> (String, Int)? in
        guard let words = survey.words, let count = words.markers[marker],
          survey.present > count || survey.missing > 0
        else { return nil }
        return (survey.field.name, count)
      }
      guard !places.isEmpty, !input.nullValues.contains(where: { $0.elementsEqual(marker.utf8) })
      else { continue }
      input.nullValues.append(Array(marker.utf8))
      let shown = places.prefix(3).map { "\(DraftText.shown($0.0)) \($0.1.grouped)" }
      let more = places.count > 3 ? " and \(places.count - 3) more columns" : ""
      reasons.append(
        "'\(marker)' seems to mean missing: \(shown.joined(separator: ", "))\(more).")
    }
  }

  /// Whether names are rather a first record: several numbers that don't count up, as years would.
  private static func isData(_ names: [String]) -> Bool {
    let numbers = names.compactMap { name in
      let bytes = Array(name.utf8.filter { $0 != 32 })
      return bytes.first.map { (48...57).contains($0) || $0 == 45 } == true
        ? Double(String(decoding: bytes, as: UTF8.self)) : nil
    }
    return numbers.count >= 2 && zip(numbers, numbers.dropFirst()).contains { $0 >= $1 }
  }
}
