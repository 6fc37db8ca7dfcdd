import DLPrep
import Testing

/// What the lints find in a pipeline file that stands here without its first line.
func linted(_ yaml: String, named name: String? = nil) throws -> [String] {
  try findings(yaml).filter { name == nil || $0.name == name }.map(\.description)
}

/// The same as findings.
func findings(_ yaml: String) throws -> [LintFinding] {
  try pipeline(yaml).lintFindings()
}

/// What the lints find in a pipeline file and in a table, by the name of a lint.
func linted(_ yaml: String, _ csv: String, named name: String) throws -> [String] {
  let source = try CSVSource(bytes: Array(csv.utf8), name: "t.csv")
  let result = try pipeline(yaml).fitted(to: source, RunOptions())
  return result.lintFindings.filter { $0.name == name }.map(\.description)
}

/// The pipeline of a file that stands here without its first line.
func pipeline(_ yaml: String) throws -> Pipeline {
  let loaded = try PipelineLoader().load(Array("dlprep: 1\n\(yaml)\n".utf8), name: "p.yaml")
  return loaded.pipeline
}
