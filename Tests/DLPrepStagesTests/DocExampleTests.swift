import DLPrepBytes
import DLPrepData
import DLPrepFormats
import DLPrepPipeline
import DLPrepStages
import DLPrepYAML
import FoundationEssentials
import Synchronization
import Testing

/// The example in the doc comment of a stage: a step (or a whole pipeline), a table before and
/// after.
private struct DocExample: CustomTestStringConvertible {
  var file: String
  var yaml = ""
  var before = ""
  var after = ""

  var testDescription: String { file }

  /// The example in a file's first doc comment; nil where the file is no stage.
  init?(_ path: String, _ text: String) {
    guard text.contains("Stage {\n"), text.contains("public static let name = ") else { return nil }
    file = path
    var blocks: [[Substring]] = []
    var isOpen = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("///") else {
        if line.hasPrefix("public struct") { break }
        continue
      }
      let words = line.dropFirst(3).hasPrefix(" ") ? line.dropFirst(4) : line.dropFirst(3)
      if words.hasPrefix("```") {
        isOpen.toggle()
        if isOpen { blocks.append([]) }
      } else if isOpen {
        blocks[blocks.count - 1].append(words)
      }
    }
    guard blocks.count == 3 else { return }
    let texts = blocks.map { $0.map { $0 + "\n" }.joined() }
    (yaml, before, after) = (texts[0], texts[1], texts[2])
    if yaml.hasPrefix("- ") { yaml = "dlprep: 1\nsteps:\n" + yaml }
  }

  static func all() throws -> [DocExample] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/DLPrepStages")
    let paths = try FileManager.default.subpathsOfDirectory(
      atPath: folder.path(percentEncoded: false))
    return try paths.sorted().filter { $0.hasSuffix(".swift") }.compactMap {
      DocExample($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
    }
  }
}

private final class Collected: ByteSink {
  let name = "collected"
  private let bytes = Mutex<[UInt8]>([])
  func write(_ buffer: UnsafeRawBufferPointer) throws(PrepError) {
    bytes.withLock { unsafe $0.append(contentsOf: buffer) }
  }
  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}

@Test func theExampleInEveryDocCommentIsTrue() throws {
  let examples = try DocExample.all()
  #expect(examples.count == standardStages.stages.count)
  for example in examples {
    var errors: [PrepError] = []
    let node = PipelineFile.read(
      bytes: Array(example.yaml.utf8), name: example.file, errors: &errors)
    let pipeline = Pipeline.decoded(
      from: try #require(node, "\(example.file): \(errors)"), catalog: standardStages,
      errors: &errors)
    #expect(errors == [], "\(example.file)")
    let source = try CSVSource(bytes: Array(example.before.utf8), name: example.file)
    do {
      let out = Collected()
      _ = try pipeline.fitted(to: source, RunOptions()).write { schema throws(PrepError) in
        DelimitedSink(schema.columns, to: out)
      }
      #expect(out.text == example.after, "\(example.file)")
    } catch {
      Issue.record("\(example.file): \(error)")
    }
  }
}
