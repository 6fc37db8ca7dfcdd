import DLPrep

/// Loading a fitted pipeline with 45,000 categories.
struct Loading {
  func run() throws {
    let words: [String?] = (0..<45_000).map { "Employer number \($0), Ltd" }
    let table = try Table(["employer": .category(words)])
    let fitted = try Pipeline([CountEncode(["employer"])])
      .fitted(to: TableReader(table), RunOptions()).fitted
    let bytes = try Artifact.write(fitted)
    try measure("artifact, load", values: words.count, unit: "category", bytes: bytes.count) {
      _ = try Artifact.read(bytes, name: "model", catalog: standardStages)
    }
  }
}
