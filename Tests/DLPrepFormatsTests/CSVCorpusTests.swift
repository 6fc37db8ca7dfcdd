import DLPrepBytes
import DLPrepData
import DLPrepFormats
import Testing

@Suite struct CSVCorpusTests {
  /// Cases that debug builds take too long for; the release binary is tested with them.
  static let slow: Set<String> = ["csv/rows_1m.csv.zst", "compress/bomb_rows_256mib.csv.gz"]

  @Test(arguments: [17, 64, 4096, 1 << 20])
  func everyCaseGivesItsTableOrItsError(blockBytes: Int) throws {
    guard let corpus = Corpus(["csv", "compress"]) else { return }
    #expect(corpus.cases.count > 150)
    for one in corpus.cases where !Self.slow.contains(one.id) {
      // Large inputs take their time in small steps.
      if blockBytes < 4096, one.path.hasSuffix("z") || one.path.hasSuffix("zst") { continue }
      if blockBytes < 1 << 20, one.id.contains("ragged_late") || one.id.contains("10k") { continue }
      check(one, options(one, blockBytes))
    }
  }

  private func options(_ one: Corpus.Case, _ blockBytes: Int) -> InputOptions {
    var options = InputOptions()
    options.blockBytes = blockBytes
    options.nullValues = []
    var arguments = one.arguments[...]
    while let name = arguments.popFirst(), let value = arguments.popFirst() {
      switch name {
      case "--delimiter": options.delimiter = value.utf8.first
      case "--escape": options.escape = value.utf8.first
      case "--encoding": options.encoding = .init(rawValue: value) ?? .utf8
      default: Issue.record("\(one.id): unknown option \(name)")
      }
    }
    return options
  }

  private func check(_ one: Corpus.Case, _ options: InputOptions) {
    let reading = Reading { () throws(PrepError) in
      try CSVSource(contentsOf: one.path, options: options)
    }
    let note = "\(one.id) in blocks of \(options.blockBytes ?? 0) bytes"
    if reading.error?.message.hasPrefix("expected plain or gzip data") == true {
      // Of the compressed formats, only gzip is read here; the others are refused.
      return
    }
    if let error = one.error {
      #expect(reading.error?.code.name == error, "\(note): \(reading.error as Any)")
      if let line = one.line { #expect(reading.error?.place?.line == line, "\(note)") }
      if let column = one.column { #expect(reading.error?.place?.column == column, "\(note)") }
    } else {
      #expect(reading.error == nil, "\(note)")
      if let rows = one.rows { #expect(reading.rows == rows, "\(note)") }
      if let hash = one.hash { #expect(reading.hash == hash, "\(note)") }
      if let header = one.header { #expect(reading.header == header, "\(note)") }
    }
  }
}
