/// What a draft makes of one column: its type, its role, and why.
struct DraftedColumn {
  /// How the steps treat it.
  enum Treatment: Equatable {
    /// No step works on it.
    case none
    /// A number; what its values ask for beside filling and scaling.
    case number(isSkewed: Bool, hasOutliers: Bool)
    /// True or false.
    case flag
    /// A date, or an instant.
    case date
    /// A category of few values.
    case fewValues
    /// A category of many values.
    case manyValues
    /// Text of several words.
    case prose

    /// Whether it is that of a number.
    var isNumber: Bool { if case .number = self { true } else { false } }
  }

  /// The most values that become components of their own.
  static let mostComponents = 20
  /// Below this many rows nothing is guessed from how often values come.
  static let leastRows = 20

  /// What is known of it.
  let survey: ColumnSurvey
  /// The word for its type in the file; nil: none has to be said.
  var type: String?
  /// What it is for.
  var role = Role.feature
  /// How the steps treat it.
  var treatment = Treatment.none
  /// The evidence, for the comment beside it.
  var comment = ""

  /// The column's name.
  var name: String { survey.field.name }

  /// Judges a column that is no target.
  init(_ survey: ColumnSurvey) {
    self.survey = survey
    type = survey.field.type.name
    if leaveOut() { return }
    switch survey.field.type {
    case .integer, .float:
      let numbers = survey.numbers ?? NumberSurvey()
      let isSkewed = abs(numbers.skew) > 2 && survey.distinct > Self.mostComponents
      // Far values that are many are no outliers: the column is just wide.
      let hasOutliers = !isSkewed && numbers.far > 0 && numbers.far * 20 <= survey.present
      treatment = .number(isSkewed: isSkewed, hasOutliers: hasOutliers)
      comment = "\(numbers.minimum.short) to \(numbers.maximum.short)"
    case .bool: treatment = .flag
    case .date, .timestamp: treatment = .date
    case .category, .text, .vector:
      type = "category"
      treatment = survey.distinct <= Self.mostComponents ? .fewValues : .manyValues
      comment =
        "\(survey.distinct.grouped) \(survey.distinct == 1 ? "value" : "values"): \(survey.frequentWords)"
      judgeText()
    }
    if survey.missing > 0 {
      comment += (comment.isEmpty ? "" : ", ") + "\(survey.missing.share(of: survey.rows)) missing"
    }
  }

  /// Whether it says nothing or names the row, so that no step should see it.
  private mutating func leaveOut() -> Bool {
    let rows = survey.rows
    if survey.present == 0 {
      leaveOut(.ignore, "no value at all")
    } else if rows >= Self.leastRows, survey.distinct == 1, survey.missing == 0 {
      leaveOut(.ignore, "always \(survey.frequentWords)")
    } else if rows >= Self.leastRows, survey.present < 5 || survey.missing * 20 > rows * 19 {
      leaveOut(.ignore, "\(survey.missing.share(of: rows)) missing")
    } else if rows >= Self.leastRows, survey.isUnique, survey.missing == 0,
      name.isIDLike || survey.numbers?.counts == true
    {
      let counts = survey.numbers?.counts == true ? ", each one more" : ""
      leaveOut(.id, "a guess: every row has its own\(counts)")
    } else {
      return false
    }
    return true
  }

  private mutating func leaveOut(_ role: Role, _ reason: String) {
    (self.role, type, comment) = (role, nil, reason)
  }

  /// Texts and nearly unique categories: prose is taken apart, names and codes are left out.
  private mutating func judgeText() {
    guard survey.rows >= Self.leastRows, let words = survey.words else { return }
    let isText = survey.field.type == .text
    if isText, words.words >= survey.present * 6 {
      (type, treatment) = ("text", .prose)
      comment = "text of \(words.words / max(1, survey.present)) words in the mean"
    } else if isText || survey.isNearlyUnique {
      leaveOut(.ignore, "a guess: names or codes, \(survey.distinct.grouped) different ones")
    }
  }

  /// Makes it the target.
  mutating func becomeTarget(_ reason: String?) {
    role = .target
    treatment = .none
    switch survey.field.type {
    case .bool: type = "bool"
    case .integer where survey.isZeroOrOne: type = "bool"
    case .integer, .float: type = survey.field.type.name
    default: type = "category"
    }
    let isNumber = type == "integer" || type == "float"
    let what = isNumber ? "a number to predict" : "\(survey.distinct) classes"
    comment = what + (isNumber ? "" : ": \(survey.frequentWords)")
    if let reason { comment = "a guess \(reason); \(comment)" }
  }

  /// Makes it the group that rows belong to.
  mutating func becomeGroup() {
    (role, type, treatment) = (.group, "category", .none)
    comment =
      "a guess: \(survey.rows.grouped) rows belong to \(survey.distinct.grouped); the split keeps them together"
  }

  /// Whether rows seem to belong together by it: an id that comes back.
  var isGroupLike: Bool {
    guard role == .feature || role == .ignore, name.isGroupLike, survey.missing == 0 else {
      return false
    }
    return survey.distinct >= 20 && survey.counted == survey.present && !survey.isNearlyUnique
  }
}

extension ColumnSurvey {
  /// Whether it is all 0 and 1.
  fileprivate var isZeroOrOne: Bool {
    distinct == 2 && numbers?.minimum == 0 && numbers?.maximum == 1
  }

  /// The most frequent values with their shares.
  fileprivate var frequentWords: String {
    let some = frequent.map { value, count in
      let text = DraftText.shown(String(decoding: value, as: UTF8.self))
      return distinct == 1 ? text : "\(text) (\(count.share(of: max(1, present))))"
    }
    return some.joined(separator: ", ") + (distinct > some.count ? ", ..." : "")
  }
}

extension String {
  /// Its words in small letters: `CustomerID` and `customer_id` are customer, id.
  private var nameWords: [String] {
    var words: [String] = [""]
    var wasSmall = false
    for character in self {
      if !character.isLetter && !character.isNumber {
        words.append("")
      } else {
        if character.isUppercase, wasSmall { words.append("") }
        words[words.count - 1] += character.lowercased()
      }
      wasSmall = character.isLowercase
    }
    return words.filter { !$0.isEmpty }
  }

  /// Whether columns of such names mostly say which row it is.
  fileprivate var isIDLike: Bool {
    let words = nameWords
    let last = words.last ?? ""
    return ["id", "ids", "uuid", "guid", "key", "index", "rownames", "rowname", "identifier"]
      .contains(last) || last == "number" && words.count == 2 && words.first != "phone"
  }

  /// Whether columns of such names mostly say to whom a row belongs.
  fileprivate var isGroupLike: Bool {
    let words = nameWords
    let groups = [
      "group", "household", "family", "patient", "user", "customer", "client", "session", "ticket",
      "account", "subject", "device",
    ]
    return words.last == "id" && words.count > 1 || words.count == 1 && groups.contains(words[0])
  }

  /// How likely a name is that of a target, from 0 on; nil where it isn't.
  var targetRank: Int? {
    [
      "target", "label", "class", "y", "outcome", "response", "survived", "churned", "churn",
      "defaulted", "default", "is fraud", "fraud", "failed", "sale price", "price", "saleprice",
    ].firstIndex(of: nameWords.joined(separator: " "))
  }
}
