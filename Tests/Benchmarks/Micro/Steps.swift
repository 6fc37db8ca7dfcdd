import DLPrep

/// What a stage costs a row: to learn from one column, and to run on one in serving.
struct Steps {
  private let sample: SampleTable
  private let stages: [any Stage] = [
    Impute(["number"]) { $0.strategy = .mean },
    Impute(["number"]) { $0.strategy = .median },
    Impute(["many"]) { $0.strategy = .mode },
    MissingIndicator(["number"]),
    Clip(["number"]) {
      $0.min = -1
      $0.max = 1
    },
    Outliers(["number"]) { $0.method = .iqr },
    Outliers(["number"]) { $0.method = .mad },
    Standardize(["number"]),
    MinMaxScale(["number"]),
    RobustScale(["number"]),
    Bin(["number"]),
    GroupRare(["many"]) { $0.minCount = 10 },
    OrdinalEncode(["many"]),
    OneHot(["few"]),
    CountEncode(["many"]),
    TargetEncode(["many"]) { $0.common.missing = .ignore },
  ]

  init(_ sample: SampleTable) { self.sample = sample }

  func run() throws {
    for stage in stages {
      var learn = Double.infinity
      var serve = Double.infinity
      for _ in 0..<3 {
        let (fitted, seconds) = try fit(stage)
        learn = min(learn, seconds)
        serve = min(serve, try apply(fitted))
      }
      let name = Self.name(stage)
      show("learn \(name)", learn * 1e9, values: sample.rows, unit: "row")
      show("apply \(name)", serve * 1e9, values: sample.rows, unit: "row")
    }
  }

  private static func name(_ stage: any Stage) -> String {
    let name = type(of: stage).name
    return switch stage {
    case let impute as Impute: "\(name), \(impute.strategy.map { "\($0)" } ?? "")"
    case let outliers as Outliers: "\(name), \(outliers.method)"
    default: name
    }
  }

  private func fit(_ stage: any Stage) throws -> (FittedPipeline, Double) {
    var pipeline = Pipeline([stage])
    var target = Contract.Column("y")
    target.role = .target
    pipeline.schema.columns = [target]
    var options = RunOptions()
    let profile = RunProfile()
    options.profile = profile
    let result = try pipeline.fitted(to: TableReader(sample.table), options)
    return (result.fitted, seconds(profile, .learn))
  }

  private func apply(_ fitted: FittedPipeline) throws -> Double {
    var options = RunOptions()
    let profile = RunProfile()
    options.profile = profile
    _ = try fitted.apply(to: TableReader(sample.table), options) { schema in
      DelimitedSink([], to: Nowhere())
    }
    return seconds(profile, .step)
  }

  private func seconds(_ profile: RunProfile, _ phase: RunProfile.Phase) -> Double {
    profile.lines.filter { $0.phase == phase }.reduce(0) { $0 + $1.seconds }
  }
}

/// Takes bytes and forgets them.
final class Nowhere: ByteSink {
  let name = "nowhere"
  func write(_ bytes: UnsafeRawBufferPointer) throws(PrepError) {}
}
