public import DLPrepData
public import DLPrepPipeline

/// Counts what a text is made of: characters, words, digits, upper case, punctuation and more.
///
/// ```yaml
/// - text_stats: {columns: note, extract: [length, words, digits, upper, punctuation, word_length]}
/// ```
/// ```csv
/// note
/// Call me at 5!
/// ok
/// NA
/// ```
/// becomes
/// ```csv
/// note_length,note_words,note_digits,note_upper,note_punctuation,note_word_length
/// 13,4,1,1,1,3.25
/// 2,1,0,0,0,2.0
/// 0,0,0,0,0,0.0
/// ```
/// It learns nothing. `length` is the number of characters, `characters` those that aren't white
/// space, `words` are runs of these, `sentences` runs of `.!?`, `letters`, `upper` and `lower` are
/// A to Z, `punctuation` is what is neither a letter of these, nor 0 to 9, nor white space,
/// `word_length` the length without outer white space by words, `diversity` words by different
/// words; `digit_share` and `upper_share` are of characters, `whitespace_share` of length. Missing
/// text counts as empty; with `missing: keep` all is missing. Same as feature-engine
/// `TextFeatures`. Cost: none at fit.
public struct TextStats: ColumnStage {
  /// The key in pipeline files.
  public static let name = "text_stats"
  /// One sentence for listings.
  public static let summary = "Counts characters, words, digits, upper case and more in a text."
  /// What others call it.
  public static let otherNames = ["TextFeatures", "step_textfeature", "word_count", "str.len"]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .type(.text)
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("extract", \.extract, "Which numbers.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(),
      Self(.type(.text)) {
        ($0.extract, $0.common.missing) = ([.words, .hasDigits, .digitShare], .keep)
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Which numbers.
  public var extract = TextStat.allCases
  /// Everything at its default.
  public init() {}

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try refuse(.category)
    if extract.isEmpty { throw PrepError(.value, "'extract': expected a number, found none") }
    if Set(extract).count < extract.count {
      throw PrepError(.value, "'extract': expected distinct numbers, found one twice")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isTextual }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Nothing?) -> [Output] {
    extract.map { stat in
      .made(
        stat.rawValue, "{column}_{value}",
        stat.isFlag ? .bool : stat.isFraction ? .float : .integer)
    }
  }
  /// Opens the work.
  public func kernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel {
    let stats = extract
    let policy = common.missing ?? .ignore
    let words = stats.contains { $0 == .uniqueWords || $0 == .diversity } ? DistinctWords() : nil
    var ofCodes: [Double] = []
    var levels: Levels?
    return { block, run in
      let column = block.columns[slots.input]
      let missing = column.missing
      let isCategory = column.storage == .codes
      if policy == .error { run.failMissing(column, of: block) }
      let strings = (isCategory ? column.levels?.strings : column.text) ?? ByteStrings()
      let bytes = strings.bytes.span
      let empty = TextFacts(bytes.extracting(0..<0), words: words)
      if isCategory {
        if levels !== column.levels || strings.count * stats.count < ofCodes.count { ofCodes = [] }
        levels = column.levels
        for code in (ofCodes.count / stats.count)..<strings.count {
          let facts = TextFacts(bytes.extracting(strings.range(code)), words: words)
          for stat in stats { ofCodes.append(facts.value(stat)) }
        }
      }
      for (slot, stat) in zip(slots.outputs, stats) {
        block.columns[slot].prepare(
          stat.isFlag ? .flags : stat.isFraction ? .floats : .integers, count: column.count)
        if policy == .keep { block.columns[slot].missing = missing }
      }
      for row in 0..<column.count {
        let code = isCategory ? Int(column.codes[row]) : -1
        let facts =
          isCategory || missing[row]
          ? empty : TextFacts(bytes.extracting(strings.range(row)), words: words)
        for (i, stat) in stats.enumerated() {
          let value = code >= 0 ? ofCodes[code * stats.count + i] : facts.value(stat)
          block.columns[slots.outputs[i]].set(row, value, stat)
        }
      }
    }
  }
}

extension Column {
  /// Puts a number into a row of the buffer that its kind stands in.
  fileprivate func set(_ row: Int, _ value: Double, _ stat: TextStat) {
    if stat.isFraction {
      floats[row] = value
    } else if stat.isFlag {
      flags[row] = UInt8(value)
    } else {
      integers[row] = Int64(value)
    }
  }
}
