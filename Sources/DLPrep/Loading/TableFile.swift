/// A table opened from a file or pipe, whatever its format.
struct TableFile {
  /// The records.
  let source: any TableSource
  private let input: Input
  private let format: Format

  /// Opens a path, or standard input for `-`; with `keepsPipe`, a pipe can be read again.
  init(
    _ path: String, as stated: Format?, _ options: InputOptions, keepsPipe: Bool,
    temporaryFolder: String?
  ) throws(PrepError) {
    let input = try Input(path, encoding: options.encoding)
    let format = try Format.ofInput(input, stated: stated)
    // The columns of JSON lines are known when all of them were read.
    let keepsPipe = keepsPipe || format.name == "jsonl"
    if keepsPipe { input.keepForRewind(in: temporaryFolder) }
    try self.init(input, format, options, keepsPipe: keepsPipe)
  }

  private init(
    _ input: Input, _ format: Format, _ options: InputOptions, keepsPipe: Bool
  ) throws(PrepError) {
    (self.input, self.format) = (input, format)
    switch format.name {
    case "jsonl": source = try JSONLSource(input, options: options)
    default:
      var options = options
      if format.name == "tsv", options.delimiter == nil { options.delimiter = 9 }
      source = try CSVSource(input, options: options, keepsPipe: keepsPipe)
    }
  }

  /// The same table from its start, read in another way; this one must not be read any more.
  func again(_ options: InputOptions) throws(PrepError) -> TableFile {
    try input.rewind()
    return try TableFile(input, format, options, keepsPipe: true)
  }

  /// Nothing read from here on will be asked for again, and records are handed on as they come.
  func stopKeeping() {
    input.stopKeeping()
    (source as? CSVSource)?.handOverWhatIsThere()
  }

  /// Fails if the file has changed since it was opened.
  func checkUnchanged() throws(PrepError) { try input.file.checkUnchanged() }
}
