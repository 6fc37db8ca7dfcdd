import ArgumentParser
import DLPrep

/// How the bytes of the input are read: every key of `input:` as a flag of the same name.
struct InputFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The input's format: csv, tsv or jsonl; default: by its name, or what it looks like.",
      valueName: "format"))
  var from: String?
  @Option(help: ArgumentHelp("The character between fields.", valueName: "char"))
  var delimiter: String?
  @Option(help: ArgumentHelp("A character that escapes a quote, or none.", valueName: "char"))
  var escape: String?
  @Flag(inversion: .prefixedNo, help: "Whether the first record holds the columns' names.")
  var header: Bool?
  @Option(help: ArgumentHelp("Names where there is no header: a,b,c", valueName: "names"))
  var columns: String?
  @Option(
    help: ArgumentHelp("utf-8, utf-16le, utf-16be, latin1 or cp1252.", valueName: "encoding"))
  var encoding: String?
  @Option(
    help: ArgumentHelp(
      "Fields that are missing values: ',NA,?' is an empty field, NA and ?.", valueName: "markers"))
  var nullValues: String?
  @Flag(inversion: .prefixedNo, help: "Whether white space around unquoted fields is cut off.")
  var trim: Bool?
  @Option(help: ArgumentHelp("The character before decimals: . or ,", valueName: "char"))
  var decimal: String?
  @Option(
    help: ArgumentHelp("A character between groups of three digits, or none.", valueName: "char"))
  var thousands: String?
  @Option(
    help: ArgumentHelp("A first character that makes a line a comment.", valueName: "char"))
  var comment: String?
  @Option(
    help: ArgumentHelp("What an infinite number is: error, null or keep.", valueName: "action"))
  var inf: String?
  @Option(
    help: ArgumentHelp("What becomes of a bad row: error, reject or keep.", valueName: "action"))
  var onBadRow: String?
  @Option(
    help: ArgumentHelp("The largest share of rejected rows, from 0 to 1.", valueName: "share"))
  var maxBadFraction: String?
  @Option(help: .hidden)
  var blockBytes: Int?

  /// The keys as they would stand in a pipeline file.
  var entries: [ConfigNode.Entry] {
    var entries: [ConfigNode.Entry] = []
    func add(_ key: String, _ flag: String, _ value: String?) {
      guard let value else { return }
      let place = Place(file: flag)
      entries.append(.init(key, at: place, .scalar(value, quoted: true, place)))
    }
    func add(_ key: String, _ flag: String, list: String?) {
      guard let list else { return }
      let place = Place(file: flag)
      let items = list.split(separator: ",", omittingEmptySubsequences: false)
      let nodes = items.map { ConfigNode.scalar(String($0), quoted: true, place) }
      entries.append(.init(key, at: place, .list(nodes, place)))
    }
    add("delimiter", "--delimiter", delimiter == "\\t" ? "\t" : delimiter)
    add("escape", "--escape", escape)
    add("header", "--header", header.map { "\($0)" })
    add("columns", "--columns", list: columns)
    add("encoding", "--encoding", encoding)
    add("null_values", "--null-values", list: nullValues)
    add("trim", "--trim", trim.map { "\($0)" })
    add("decimal", "--decimal", decimal)
    add("thousands", "--thousands", thousands)
    add("comment", "--comment", comment)
    add("inf", "--inf", inf)
    let policy = [
      ("action", "--on-bad-row", onBadRow), ("max_fraction", "--max-bad-fraction", maxBadFraction),
    ]
    let given = policy.compactMap { key, flag, value in
      value.map {
        ConfigNode.Entry(key, at: Place(file: flag), .scalar($0, quoted: true, Place(file: flag)))
      }
    }
    if let first = given.first {
      entries.append(.init("bad_rows", at: first.place, .map(given, first.place)))
    }
    return entries
  }

  /// The stated format.
  func format() throws(PrepError) -> Format? { try Format.stated(from, by: "--from") }

  /// How a table is read by a command that takes no pipeline; `--set` has nothing to change there.
  func withoutPipeline(_ flags: RunFlags) throws -> Pipeline {
    if let change = try flags.overrides().first {
      throw PrepError(
        .usage, "there is no pipeline to change by --set \(change.owner).\(change.key)")
    }
    var loader = PipelineLoader()
    loader.input = entries
    loader.blockBytes = blockBytes
    return try loader.empty()
  }
}

extension Format {
  /// The format with the name that a flag gives.
  static func stated(_ name: String?, by flag: String) throws(PrepError) -> Format? {
    guard let name else { return nil }
    if let format = named(name) { return format }
    let names = all.map(\.name)
    throw PrepError(
      .usage, "there is no format '\(name)'", at: Place(file: flag),
      hint: suggestion(for: name, among: names) ?? "there are \(names.joined(separator: ", "))")
  }
}
