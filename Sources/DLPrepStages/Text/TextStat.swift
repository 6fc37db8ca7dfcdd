public import DLPrepPipeline

/// A number that says something about a text.
public enum TextStat: String, Sendable, CaseIterable, ParameterValue {
  case length
  case characters
  case words
  case sentences
  case digits
  case letters
  case upper
  case lower
  case punctuation
  case whitespace
  case uniqueWords = "unique_words"
  case wordLength = "word_length"
  case diversity
  case whitespaceShare = "whitespace_share"
  case digitShare = "digit_share"
  case upperShare = "upper_share"
  case hasDigits = "has_digits"
  case hasUpper = "has_upper"
  case startsUpper = "starts_upper"
  case endsPunctuation = "ends_punctuation"
  case isEmpty = "is_empty"

  /// Whether it is a share or a mean, not a count.
  var isFraction: Bool {
    switch self {
    case .wordLength, .diversity, .whitespaceShare, .digitShare, .upperShare: true
    default: false
    }
  }

  /// Whether it is true or false.
  var isFlag: Bool {
    switch self {
    case .hasDigits, .hasUpper, .startsUpper, .endsPunctuation, .isEmpty: true
    default: false
    }
  }
}
