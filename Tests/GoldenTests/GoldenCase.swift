import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One command with its inputs and all that has to come of it.
struct GoldenCase: Sendable, CustomTestStringConvertible {
  /// What a command leaves behind.
  struct Outcome: Equatable {
    var code = ""
    var output = ""
    var errors = ""
    /// The files that weren't there before, one a line.
    var files = ""
  }

  /// The name of its folder.
  let name: String
  /// The shell script.
  let command: String

  var testDescription: String { name }

  /// Whether expectations are written instead of compared.
  static let records = unsafe getenv("RECORD") != nil

  static let package = Files.parent(of: #filePath, levels: 3)
  private static let cases = package + "/Tests/GoldenTests/Cases"

  /// Every case, by name.
  static let all: [GoldenCase] = Files.names(in: cases).compactMap { name in
    guard let command = Files.text("\(cases)/\(name)/cmd") else { return nil }
    return GoldenCase(name: name, command: command)
  }

  private var folder: String { "\(Self.cases)/\(name)" }

  /// What has to come out.
  func expected() throws -> Outcome {
    Outcome(
      code: Files.text(folder + "/expected.code") ?? "",
      output: Files.text(folder + "/expected.out") ?? "",
      errors: Files.text(folder + "/expected.err") ?? "",
      files: Files.text(folder + "/expected.files") ?? "")
  }

  /// Writes down what came out; nothing is no file.
  func record(_ found: Outcome) throws {
    for (ending, text) in [
      ("code", found.code), ("out", found.output), ("err", found.errors), ("files", found.files),
    ] {
      let path = "\(folder)/expected.\(ending)"
      if text.isEmpty { _ = unsafe unlink(path) } else { try Files.write(text, to: path) }
    }
  }

  /// Runs the command in a folder of its own, with the case's files, the sample tables and the
  /// sample pipelines in it.
  func run() throws -> Outcome {
    let scratch = try Files.scratch()
    defer { Shell.remove(scratch) }
    let work = scratch + "/work"
    for path in [work, scratch + "/bin"] { _ = unsafe mkdir(path, 0o755) }
    var before: Set<String> = []
    for name in Files.names(in: folder) where name != "cmd" && !name.hasPrefix("expected.") {
      symlinkOrCopy("\(folder)/\(name)", "\(work)/\(name)")
      before.insert(name)
    }
    for name in ["Pipelines", "SampleData"] {
      _ = unsafe symlink("\(Self.package)/\(name)", "\(work)/\(name)")
      before.insert(name)
    }
    _ = unsafe symlink(Shell.binary, scratch + "/bin/dlprep")
    try Files.write(command, to: scratch + "/cmd")
    let code = Shell.run(scratch + "/cmd", in: work, scratch: scratch)
    let left = Files.names(in: work).filter { !before.contains($0) }
    return Outcome(
      code: "\(code)\n", output: Files.text(scratch + "/out") ?? "",
      errors: Files.text(scratch + "/err") ?? "", files: left.map { $0 + "\n" }.joined())
  }

  /// A copy, so that a command that writes over its input harms nothing.
  private func symlinkOrCopy(_ from: String, _ to: String) {
    if let bytes = Files.bytes(from) { try? Files.write(bytes, to: to) }
  }
}
