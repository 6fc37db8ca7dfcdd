import DLPrepBytes
import DLPrepData
import DLPrepFormats
import DLPrepPipeline
import DLPrepStages
import Synchronization
import Testing

/// Bytes that were written, in memory.
private final class Collected: ByteSink {
  let name = "<collected>"
  private let bytes = Mutex<[UInt8]>([])
  func write(_ more: UnsafeRawBufferPointer) { bytes.withLock { unsafe $0 += more } }
  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
}

/// A pipeline on a table in CSV, in the ways in which it can be run.
struct Agreement {
  var pipeline: Pipeline
  var table: String

  private func source() throws(PrepError) -> CSVSource {
    var options = pipeline.input
    options.blockBytes = 48
    return try CSVSource(bytes: Array(table.utf8), options: options)
  }

  private static func csv(
    _ run: ((OutputSchema) throws(PrepError) -> any TableSink) throws(PrepError) -> Ledger
  ) throws(PrepError) -> String {
    let bytes = Collected()
    let ledger = try run { schema throws(PrepError) in
      DelimitedSink(schema.columns + schema.passthrough, to: bytes, nullMarker: schema.nullMarker)
    }
    #expect(ledger.balances)
    return bytes.text
  }

  private static var text: RunOptions {
    var options = RunOptions()
    (options.threads, options.writesText) = (2, true)
    return options
  }

  /// `apply` of the pipeline file.
  func unfitted() throws(PrepError) -> (csv: String, streams: Bool) {
    let input = try source()
    if let stateless = try pipeline.stateless(for: input) {
      let csv = try Self.csv { open throws(PrepError) in
        try stateless.apply(to: input, Self.text, into: open)
      }
      return (csv, true)
    }
    var options = Self.text
    options.needsTypes = false
    let result = try pipeline.fitted(to: input, options)
    let csv = try Self.csv { open throws(PrepError) in try result.write(into: open) }
    return (csv, false)
  }

  /// `fit`, and `apply` of the artifact; and what `fit --features x.csv` writes.
  func fitted() throws(PrepError) -> (serving: String, training: String) {
    let result = try pipeline.fitted(to: source(), Self.text)
    let training = try Self.csv { open throws(PrepError) in try result.write(into: open) }
    let artifact = try Artifact.write(result.fitted)
    let loaded = try Artifact.read(artifact, name: "m.dlprep", catalog: standardStages)
    let serving = try Self.csv { open throws(PrepError) in
      try loaded.apply(to: source(), Self.text, into: open)
    }
    return (serving, training)
  }
}

private let messy = """
  price,city,flag,day,code,mixed,gone
  1.50, New  York ,true,2024-02-29,007,1,
  2,oslo,False,2024-03-01,12,1.0,NA
  +3,,TRUE,,0012,1e3,
  NA,"a,b",false,2023-12-31,9007199254740993,x,
  .5,OSLO,,2024-01-01,1,,

  """

private func casts(_ map: TextMap, _ onError: Cast.OnError = .null) -> Cast {
  var cast = Cast()
  (cast.to, cast.onError) = (map, onError)
  return cast
}

private let cases: [(steps: [any Stage], streams: Bool)] = [
  ([], true),
  ([casts(["price": "integer"])], true),
  ([casts(["mixed": "integer"])], true),
  ([casts(["flag": "category"]), CleanText(["flag"]) { $0.case = .lower }], true),
  ([CleanText(["city"]) { $0.squeeze = true }, casts(["price": "float"])], true),
  ([CleanText(["flag", "price"]) { $0.case = .upper }], true),
  ([MapValues(["flag", "code"]) { $0.map = ["true": "yes", "12": "x", "TRUE": "z"] }], true),
  ([Check(["code"]) { ($0.match, $0.onFail) = ("^0", .null) }], true),
  ([Check(["price"]) { ($0.in, $0.onFail) = (["1.5", "2.0"], .null) }], false),
  ([Check(.all) { $0.rowsMin = 1 }], true),
  ([Clip(["price"]) { $0.min = 1 }], false),
  ([casts(["price": "float"]), Clip(["price"]) { $0.min = 1 }], true),
  ([MissingIndicator(.all) { $0.onlyIfSeen = false }], true),
  ([MissingIndicator(["price", "city"])], false),
  ([Standardize(["price"])], false),
  ([casts(["price": "float"]), Standardize(["price"])], false),
  ([CleanText(["city"]), OneHot(.category)], false),
  ([CleanText(["city"]), OneHot(["city"])], false),
  ([Impute(["mixed"]) { ($0.strategy, $0.value) = (.constant, "0") }], false),
  ([Drop(.numeric)], false),
  ([Select(["mixed", "code"])], true),
]

@Test(arguments: cases.indices)
func aFitReadsColumnsAsAStreamDoes(number: Int) throws {
  let (steps, streams) = cases[number]
  let agreement = Agreement(pipeline: Pipeline(steps), table: messy)
  let unfitted = try agreement.unfitted()
  let fitted = try agreement.fitted()
  #expect(unfitted.streams == streams)
  #expect(fitted.serving == unfitted.csv)
  #expect(fitted.training == unfitted.csv)
}

/// Draws pipelines and tables, the same for a seed.
private struct Draw {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func of<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

  /// Each column draws from few kinds of cells, so that many have a narrow type.
  mutating func table() -> String {
    let kinds = [
      ["1", "2", "+3", "0"], ["1.50", "2.", ".5", "1e2"], ["true", "False", "TRUE"],
      ["2024-02-29", "1999-12-31"], ["2024-02-29T10:00:00+02:00"], ["a", " b ", "C  d", "é"],
      ["", "NA"], ["007", "9007199254740993", "99999999999999999999"],
    ]
    let columns = (0..<5).map { _ in (0..<(1 + below(2))).flatMap { _ in of(kinds) } }
    var lines = ["a,b,c,d,e"]
    for _ in 0..<(1 + below(9)) {
      lines.append(columns.map { below(6) == 0 ? "" : of($0) }.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  mutating func pipeline() -> Pipeline {
    var pipeline = Pipeline()
    for _ in 0...below(3) { pipeline.append(stage(after: pipeline.steps.map(\.address))) }
    return pipeline
  }

  mutating func selector(_ earlier: [String]) -> Selector {
    if !earlier.isEmpty, below(6) == 0 {
      let step = of(earlier)
      return of([.of(step), .from(step)])
    }
    let name = of(["a", "b", "c", "d", "e"])
    let some: [Selector] = [
      .names([name]), .names([name]), .names([name]), .glob(name + "*"), .all, .numeric,
      .category, .and(.glob("?"), .not(.type(.text))),
    ]
    return of(some)
  }

  mutating func stage(after earlier: [String]) -> any Stage {
    let names = ["a", "b", "c", "d", "e"]
    switch below(12) {
    case 0...2:
      let types = ["integer", "float", "bool", "category", "text", "date", "timestamp"]
      return casts([of(names): of(types)])
    case 3: return CleanText(selector(earlier)) { ($0.case, $0.squeeze) = (.upper, true) }
    case 4:
      let keeps = below(3) == 0
      return MapValues(selector(earlier)) {
        $0.map = ["1": "one", "true": "yes", "a": "x"]
        if keeps { ($0.common.keepOriginal, $0.common.name) = (true, "{column}_mapped") }
      }
    case 5: return Check(selector(earlier)) { ($0.match, $0.onFail) = ("^[0-9]", .null) }
    case 6: return Check(selector(earlier)) { ($0.in, $0.onFail) = (["1", "1.5", "true"], .null) }
    case 7: return Clip(selector(earlier)) { ($0.min, $0.max) = (0, 2) }
    case 8:
      var rename = Rename()
      rename.map = [of(names): "renamed"]
      return rename
    case 9:
      let seen = below(2) == 0
      return MissingIndicator(selector(earlier)) { $0.onlyIfSeen = seen }
    case 10: return of([Drop(selector(earlier)) as any Stage, Select(selector(earlier))])
    default: return Impute(selector(earlier)) { ($0.strategy, $0.value) = (.constant, "1") }
    }
  }
}

@Test func anyPipelineGivesTheSameCellsFittedAndUnfitted() throws {
  var (compared, streamed, refused) = (0, 0, 0)
  for seed in 0..<500 {
    var draw = Draw(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
    let pipeline = draw.pipeline()
    let agreement = Agreement(pipeline: pipeline, table: draw.table())
    let unfitted: Result<(csv: String, streams: Bool), PrepError>
    do throws(PrepError) { unfitted = .success(try agreement.unfitted()) } catch {
      unfitted = .failure(error)
    }
    let fitted: Result<(serving: String, training: String), PrepError>
    do throws(PrepError) { fitted = .success(try agreement.fitted()) } catch {
      fitted = .failure(error)
    }
    switch (unfitted, fitted) {
    case (.success(let one), .success(let other)):
      #expect(one.csv == other.serving, "seed \(seed): \(pipeline.node)\n\(agreement.table)")
      #expect(one.csv == other.training, "seed \(seed): \(pipeline.node)\n\(agreement.table)")
      compared += 1
      if one.streams { streamed += 1 }
    case (.failure(let one), .failure(let other)):
      #expect(one.code == other.code, "seed \(seed): \(one) \(other)")
      refused += 1
    default:
      Issue.record("seed \(seed): \(unfitted) \(fitted) \(pipeline.node)\n\(agreement.table)")
    }
  }
  #expect(compared > 250 && streamed > 80 && refused > 30)
}

@Test func aStepForTrainingRowsActsOnAStream() throws {
  let agreement = Agreement(pipeline: Pipeline([DropMissing(["price"])]), table: messy)
  let (csv, streams) = try agreement.unfitted()
  #expect(streams)
  #expect(csv == (try agreement.fitted()).training)
  #expect(!csv.contains("a,b") && csv.contains(".5,OSLO"))
}
