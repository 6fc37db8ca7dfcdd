/// A table opened from a file or pipe, whatever its format.
struct TableFile {
  /// The records.
  let source: any TableSource
  private let input: Input

  /// Opens a path, or standard input for `-`; with `keepsPipe`, a pipe can be read again.
  init(
    _ path: String, as stated: Format?, _ options: InputOptions, keepsPipe: Bool,
    temporaryFolder: String?
  ) throws(PrepError) {
    input = try Input(path, encoding: options.encoding)
    let format = try Format.ofInput(input, stated: stated)
    // The columns of JSON lines are known when all of them were read.
    let keepsPipe = keepsPipe || format.name == "jsonl"
    if keepsPipe { input.keepForRewind(in: temporaryFolder) }
    switch format.name {
    case "jsonl": source = try JSONLSource(input, options: options)
    default:
      var options = options
      if format.name == "tsv", options.delimiter == nil { options.delimiter = 9 }
      source = try CSVSource(input, options: options, keepsPipe: keepsPipe)
    }
  }

  /// Nothing read from here on will be asked for again, and records are handed on as they come.
  func stopKeeping() {
    input.stopKeeping()
    (source as? CSVSource)?.handOverWhatIsThere()
  }

  /// Fails if the file has changed since it was opened.
  func checkUnchanged() throws(PrepError) { try input.file.checkUnchanged() }
}
