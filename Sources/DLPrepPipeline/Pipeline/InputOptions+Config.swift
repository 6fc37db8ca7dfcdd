public import DLPrepData

extension InputOptions.Encoding: ParameterValue {}
extension InputOptions.Infinity: ParameterValue {}
extension BadRowAction: ParameterValue {}

extension InputOptions {
  /// The keys of `input:`.
  static let parameters: [Parameter<InputOptions>] = [
    .init(
      "delimiter", \.delimiterSign, "The character between fields; default: told by the header."),
    .init("escape", \.escapeSign, "A character that escapes a quote inside quotes, or none."),
    .init("header", \.header, "Whether the first record holds the columns' names."),
    .init("columns", \.columns, "The columns' names where there is no header."),
    .init("encoding", \.encoding, "The encoding, unless a byte order mark tells it."),
    .init("null_values", \.nullTexts, "Fields that are missing values: whole and exact."),
    .init("trim", \.trim, "Whether white space around unquoted fields is cut off."),
    .init("decimal", \.decimalSign, "The character before the decimals: . or ,"),
    .init("thousands", \.thousandsSign, "A character between groups of three digits, or none."),
    .init("comment", \.commentSign, "A first character that makes a line a comment, or none."),
    .init("bad_rows", \.badRowPolicy, "What becomes of records that break the contract."),
    .init("inf", \.infinity, "What an infinite number in a float column is."),
  ]

  /// Rules between the keys; a problem with the key it is about.
  var problems: [(key: String, message: String, hint: String?)] {
    var problems: [(key: String, message: String, hint: String?)] = []
    if columns != nil && header {
      problems.append(
        ("columns", "names are taken from the header", "add header: false if there is none"))
    }
    if let columns, let twice = columns.firstRepeated {
      problems.append(("columns", "the name '\(twice)' is given twice", nil))
    }
    if thousands == decimal {
      problems.append(("thousands", "it is the character before the decimals too", nil))
    }
    let signs = [("delimiter", delimiter), ("escape", escape), ("comment", comment)]
    for (position, sign) in signs.enumerated() where sign.1 != nil {
      for other in signs[..<position] where other.1 == sign.1 {
        problems.append((sign.0, "it is the \(other.0) too", nil))
      }
    }
    return problems
  }

  private var delimiterSign: Sign? {
    get { delimiter.map { Sign(byte: $0) } }
    set { delimiter = newValue?.byte }
  }
  private var escapeSign: OptionalSign {
    get { OptionalSign(byte: escape) }
    set { escape = newValue.byte }
  }
  private var commentSign: OptionalSign {
    get { OptionalSign(byte: comment) }
    set { comment = newValue.byte }
  }
  private var decimalSign: DecimalSign {
    get { decimal == UInt8(ascii: ",") ? .comma : .point }
    set { decimal = newValue == .comma ? UInt8(ascii: ",") : UInt8(ascii: ".") }
  }
  private var thousandsSign: ThousandsSign {
    get { ThousandsSign.allCases.first { $0.byte == thousands } ?? .none }
    set { thousands = newValue.byte }
  }
  private var nullTexts: [String] {
    get { nullValues.map { String(decoding: $0, as: UTF8.self) } }
    set { nullValues = newValue.map { Array($0.utf8) } }
  }
  private var badRowPolicy: BadRowPolicy {
    get { BadRowPolicy(action: badRows, maxFraction: maxBadFraction) }
    set { (badRows, maxBadFraction) = (newValue.action, newValue.maxFraction) }
  }
}

/// What `bad_rows` holds: `{action, max_fraction}`.
struct BadRowPolicy: ParameterMap {
  var action = BadRowAction.error
  var maxFraction = 1.0

  static var expected: String { "a mapping with action and max_fraction" }
  static let parameters: [Parameter<BadRowPolicy>] = [
    .init("action", \.action, "error, reject, or keep (pad with missing, cut extras)."),
    .init("max_fraction", \.maxFraction, in: 0...1, "The largest share, tested at the end."),
  ]
}

extension Array where Element == String {
  /// The first text that stood before, told apart by bytes.
  var firstRepeated: String? {
    var seen: Set<[UInt8]> = []
    return first { !seen.insert([UInt8]($0.utf8)).inserted }
  }
}
