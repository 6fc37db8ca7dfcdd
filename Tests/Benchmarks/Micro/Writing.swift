import DLPrep

/// Making the bytes of an output: rows of a matrix, and the text of numbers.
struct Writing {
  private let sample: SampleTable

  init(_ sample: SampleTable) { self.sample = sample }

  func run() throws {
    let matrix = Pipeline([
      Select(["number", "whole", "few"]), Impute(["number", "whole"]) { $0.strategy = .mean },
      OneHot(["few"]),
    ])
    try encode("rows of a matrix, 23 columns", matrix) { columns throws(PrepError) in
      try NPYSink(columns, path: "/tmp/dlprep-microbenchmark.npy", in: OutputSet())
    }
    let numbers = Pipeline([Select(["number"]), Impute(["number"]) { $0.strategy = .mean }])
    try encode("text of a number", numbers) { columns in DelimitedSink(columns, to: Nowhere()) }
  }

  private func encode(
    _ name: String, _ pipeline: Pipeline,
    _ open: ([OutputColumn]) throws(PrepError) -> any TableSink
  ) throws {
    let fitted = try pipeline.fitted(to: TableReader(sample.table), RunOptions()).fitted
    var best = Double.infinity
    for _ in 0..<3 {
      var options = RunOptions()
      let profile = RunProfile()
      options.profile = profile
      _ = try fitted.apply(to: TableReader(sample.table), options) { schema throws(PrepError) in
        try open(schema.columns)
      }
      let seconds = profile.lines.filter { $0.phase == .encode }.reduce(0) { $0 + $1.seconds }
      best = min(best, seconds)
    }
    show(name, best * 1e9, values: sample.rows, unit: "row")
  }
}
