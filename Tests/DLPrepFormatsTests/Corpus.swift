import DLPrepBytes
import DLPrepData
import FoundationEssentials

/// The cases of `corpora/own`, where they are at hand.
struct Corpus {
  /// One odd input and what must become of it.
  struct Case: CustomStringConvertible {
    let id: String
    let path: String
    let arguments: [String]
    let hash: String?
    let rows: Int?
    let header: [String]?
    let error: String?
    let line: Int?
    let column: Int?
    var description: String { id }
  }

  let cases: [Case]

  /// The folder of shared test material; nil where there is none.
  static let shared: String? = {
    if let stated = ProcessInfo.processInfo.environment["DLPREP_SHARED"] { return stated }
    var root = #filePath.split(separator: "/")
    root.removeLast(3)
    let package = "/" + root.joined(separator: "/")
    for relative in ["../shared", "../../shared"] {
      let folder = "\(package)/\(relative)"
      if FileManager.default.fileExists(atPath: "\(folder)/corpora") { return folder }
    }
    return nil
  }()

  /// The cases of some groups; nil, with a note, where the corpora aren't there.
  init?(_ groups: Set<String>) {
    guard let shared = Corpus.shared,
      let text = FileManager.default.contents(atPath: "\(shared)/corpora/own/cases.jsonl")
    else {
      print("skipped: no corpora beside the package (set DLPREP_SHARED)")
      return nil
    }
    cases = text.split(separator: 10).compactMap { line in
      guard let json = try? JSON(parsing: Array(line)), let file = json["file"].text,
        let group = file.split(separator: "/").first, groups.contains(String(group)),
        let id = json["id"].text
      else { return nil }
      return Case(
        id: id, path: "\(shared)/corpora/own/\(file)", arguments: json["args"].texts ?? [],
        hash: json["cells_sha256"].text, rows: json["rows"].number,
        header: json["header"].texts, error: json["error"].text,
        line: json["line"].number, column: json["column"].number)
    }
  }
}

extension JSON? {
  var text: String? {
    if case .string(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil }
  }
  var number: Int? { if case .integer(let value) = self { Int(value) } else { nil } }
  var texts: [String]? {
    if case .array(let elements) = self { elements.compactMap { Optional($0).text } } else { nil }
  }
}

/// What came of reading a whole table as text.
struct Reading: Equatable {
  var header: [String] = []
  var rows = 0
  var hash = ""
  var error: PrepError?

  /// Reads every cell as text, none of them missing.
  init(_ open: () throws(PrepError) -> any TableSource) {
    var sum = SHA256()
    do throws(PrepError) {
      let source = try open()
      header = source.columns
      Self.add(source.columns.map { Array($0.utf8) }, to: &sum)
      let plan = ReadPlan(
        columns: source.columns.indices.map { ReadColumn(source: $0, slot: $0, type: .text) },
        slots: source.columns.count)
      let records = source.makeRecords()
      let block = Block(slots: plan.slots)
      var evidence: [Int: TypeEvidence] = [:]
      while try source.read(into: records) {
        try records.parse(plan, into: block, evidence: &evidence)
        for row in 0..<block.count {
          Self.add(block.columns.map { $0.text[row] }, to: &sum)
        }
        rows += block.count
      }
      hash = SHA256.hexadecimal(hash: sum.finish())
    } catch {
      self.error = error
    }
  }

  private static func add(_ record: [[UInt8]], to sum: inout SHA256) {
    var bytes: [UInt8] = []
    for (i, field) in record.enumerated() {
      if i > 0 { bytes.append(0x1F) }
      bytes += field
    }
    bytes.append(0x1E)
    sum.update(bytes)
  }
}
