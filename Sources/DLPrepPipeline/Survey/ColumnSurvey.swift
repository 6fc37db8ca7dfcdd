package import DLPrepData

/// What a column of a table looks like, as far as the draft of a pipeline has to know.
package struct ColumnSurvey: Sendable {
  /// Its name and type.
  package let field: Field
  /// How many rows there are.
  package internal(set) var rows = 0
  /// How many of them are missing.
  package internal(set) var missing = 0
  /// How many distinct values there are, counted in the first `counted` rows that have one.
  package internal(set) var distinct = 0
  /// The rows that `distinct` is about: all that have a value, unless there are very many.
  package internal(set) var counted = 0
  /// The most frequent values, at most three, each with how many rows have it.
  package internal(set) var frequent: [(value: [UInt8], count: Int)] = []
  /// How many values are in less than one row of a hundred.
  package internal(set) var rare = 0
  /// What is known of numbers, and of dates as numbers.
  package internal(set) var numbers: NumberSurvey?
  /// What is known of words.
  package internal(set) var words: WordSurvey?

  /// How many rows have a value.
  package var present: Int { rows - missing }
  /// Whether more than nine in ten values are different.
  package var isNearlyUnique: Bool { counted > 0 && distinct * 10 > counted * 9 }
  /// Whether no value comes twice.
  package var isUnique: Bool { distinct == counted && counted > 1 }
}

/// What numbers look like.
package struct NumberSurvey: Sendable {
  /// The smallest one.
  package var minimum = 0.0
  /// The largest one.
  package var maximum = 0.0
  /// How lopsided they are: the third moment about the mean, by the cube of the deviation.
  package var skew = 0.0
  /// How many lie farther than 3 times the distance of the quartiles from these.
  package var far = 0
  /// Whether each is one more than the one before.
  package var counts = false

  /// Nothing is known yet.
  package init() {}
}

/// What texts and categories look like.
package struct WordSurvey: Sendable {
  /// How many words they have together.
  package var words = 0
  /// How many have white space at an end.
  package var padded = 0
  /// Words that mean `missing` in many tables, and how often each stands there.
  package var markers: [String: Int] = [:]
  /// How many values aren't numbers, the markers left out.
  package var others = 0

  /// What often means that a value is missing, beside the default markers.
  package static let markerWords = [
    "?", "-", "--", "n/a", "N/A", "#N/A", "na", "nan", "NAN", "NULL", "Null", "<NA>", "missing",
  ]
}
