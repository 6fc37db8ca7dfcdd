import DLPrepBytes
import DLPrepData
import Testing

@testable import DLPrepPipeline
@testable import DLPrepYAML

func decoded(
  _ yaml: String, set: [String] = [], catalog: Catalog = configCatalog
) -> (pipeline: Pipeline, errors: [String]) {
  var errors: [PrepError] = []
  var overrides: [Override] = []
  for text in set {
    do {
      overrides.append(try Override(text))
    } catch {
      errors.append(error)
    }
  }
  guard let node = PipelineFile.read(bytes: Array(yaml.utf8), name: "p.yaml", errors: &errors)
  else { return (Pipeline(), errors.map(\.description)) }
  let pipeline = Pipeline.decoded(
    from: node, catalog: catalog, overrides: overrides, errors: &errors)
  return (pipeline, errors.map(\.description))
}

/// Every key that a pipeline file may have.
let everyKey = """
  dlprep: 1
  name: churn-features
  description: "one line: all keys"
  seed: 20260101
  params:
    test_share: 0.25
    max_columns: 4000
  input:
    delimiter: ";"
    escape: "\\\\"
    header: false
    columns: [a, no, 0123]
    encoding: utf-16le
    null_values: ["", NA, "?"]
    trim: true
    decimal: ","
    thousands: "."
    comment: "#"
    bad_rows: {action: reject, max_fraction: 0.01}
    inf: keep
  schema:
    extra_columns: error
    on_fail: warn
    columns:
      customer_id: {type: text, role: id}
      household: {type: text, role: group}
      churned: {type: bool, role: target}
      weight: {type: float, role: weight, required: false}
      zip: {type: category}
      plan: {type: category, check: {in: [free, pro], on_fail: reject}}
      age: {type: float, check: {min: 0, max: 120}}
      n: {type: integer}
      born: {type: date, format: "%d.%m.%Y"}
      signed_up: {type: timestamp, format: "%Y-%m-%d %H:%M:%S", timezone: Europe/Paris, role: time}
      seen: {type: timestamp}
      note: {role: ignore}
      plain: {}
  split: {method: hash, key: household, test: "${test_share}"}
  steps:
    - drop_constant
    - outliers: {id: money, columns: spend* | age, factor: 3, action: drop_row, quantiles: [0.1, 0.9]}
    - impute
    - impute: {columns: of(money) & numeric, strategy: constant, value: -1, indicator: true}
    - check: {columns: [age, "total price"], min: 0, when: fit}
  output:
    dtype: float64
    passthrough: [customer_id]
    limits: {columns: "${max_columns}"}
  """

struct PipelineDecodingTests {
  @Test func everyKeyHasItsMeaning() throws {
    let (pipeline, errors) = decoded(everyKey)
    #expect(errors == [])
    #expect(pipeline.name == "churn-features")
    #expect(pipeline.description == "one line: all keys")
    #expect(pipeline.seed == 20_260_101)
    let input = pipeline.input
    #expect(input.delimiter == UInt8(ascii: ";"))
    #expect(input.escape == UInt8(ascii: "\\"))
    #expect(input.header == false)
    #expect(input.columns == ["a", "no", "0123"])
    #expect(input.encoding == .utf16le)
    #expect(input.nullValues == [[], Array("NA".utf8), Array("?".utf8)])
    #expect(input.trim)
    #expect(input.decimal == UInt8(ascii: ","))
    #expect(input.thousands == UInt8(ascii: "."))
    #expect(input.comment == UInt8(ascii: "#"))
    #expect(input.badRows == .reject)
    #expect(input.maxBadFraction == 0.01)
    #expect(input.infinity == .keep)
    let schema = pipeline.schema
    #expect(schema.extraColumns == .error)
    #expect(schema.columns.count == 13)
    #expect(schema["customer_id"]?.type == .text)
    #expect(schema["customer_id"]?.role == .id)
    #expect(schema["churned"]?.type == .bool(lenient: true))
    #expect(schema["weight"]?.isRequired == false)
    #expect(schema["n"]?.type == .integer(takesDecimals: false))
    #expect(schema["born"]?.type == .date(format: "%d.%m.%Y"))
    #expect(
      schema["signed_up"]?.type
        == .timestamp(format: "%Y-%m-%d %H:%M:%S", timezone: "Europe/Paris"))
    #expect(schema["seen"]?.type == .timestamp(format: nil, timezone: nil))
    #expect(schema["note"]?.role == .ignore)
    #expect(schema["note"]?.type == nil)
    #expect(schema["plain"]?.place == Place(file: "p.yaml", line: 37, column: 5))
    #expect(pipeline.split?.key == "household")
    #expect(pipeline.split?.test == 0.25)
    #expect(pipeline.output.dtype == .float64)
    #expect(pipeline.output.passthrough == ["customer_id"])
    #expect(pipeline.output.maxColumns == 4000)
    #expect(
      pipeline.steps.map(\.address) == [
        "schema.plan", "schema.age", "drop_constant", "money", "impute", "impute_2", "check",
      ])
  }

  @Test func checksOfTheSchemaComeFirst() throws {
    let (pipeline, _) = decoded(everyKey)
    let plan = try #require(pipeline.steps[0].stage as? Rules)
    #expect(plan.common.columns == .names(["plan"]))
    #expect(plan.among == ["free", "pro"])
    #expect(plan.onFail == .reject)
    let age = try #require(pipeline.steps[1].stage as? Rules)
    #expect(age.min == 0)
    #expect(age.max == 120)
    #expect(age.onFail == .warn)
  }

  @Test func stepsKnowWhereTheirKeysStand() throws {
    let (pipeline, _) = decoded(everyKey)
    let money = pipeline.steps[3]
    #expect(money.place == Place(file: "p.yaml", line: 41, column: 5))
    #expect(money.places["factor"] == Place(file: "p.yaml", line: 41, column: 58))
    #expect(money.place(of: "age", in: "columns") == Place(file: "p.yaml", line: 41, column: 45))
    let fields = [Field("agee", .float), Field("spend_a", .float)]
    let absences = money.stage.common.columns?.absences(among: fields, in: money) ?? []
    #expect(
      absences.map(\.description) == [
        "p.yaml:41:45: column: step 'money': there is no column 'age'; did you mean 'agee'?"
      ])
    let check = pipeline.steps[6]
    #expect(
      check.absence(of: "total price", among: ["a", "b"]).description
        == "p.yaml:44:28: column: step 'check': there is no column 'total price'; the columns here are a, b"
    )
  }

  @Test func aPipelineWithEveryKeyReadsBackTheSame() {
    let (pipeline, errors) = decoded(everyKey)
    #expect(errors == [])
    let text = PipelineFile.text(pipeline.node)
    let (back, problems) = decoded(text)
    #expect(problems == [])
    #expect(back == pipeline, "\(text)")
    #expect(PipelineFile.text(back.node) == text)
    var none: [PrepError] = []
    #expect(
      Pipeline.decoded(from: pipeline.node, catalog: configCatalog, errors: &none) == pipeline)
    #expect(none == [])
  }

  @Test func anArtifactHoldsAPipelineAsJSON() throws {
    let (pipeline, _) = decoded(everyKey)
    var errors: [PrepError] = []
    let bytes = try pipeline.node.json.canonical()
    let node = try ConfigNode(json: try JSON(parsing: bytes))
    #expect(Pipeline.decoded(from: node, catalog: configCatalog, errors: &errors) == pipeline)
    #expect(errors == [])
  }

  @Test func aPipelineMadeInSwiftReadsBackTheSame() {
    var pipeline = Pipeline([
      CutOff(["a", "b c"]) { $0.factor = 2 }, DropConstant(), CutOff(.or(.glob("x*"), .binary)),
    ])
    pipeline.input.nullValues = [[]]
    pipeline.split = Split()
    var errors: [PrepError] = []
    let back = Pipeline.decoded(from: pipeline.node, catalog: configCatalog, errors: &errors)
    #expect(errors == [])
    #expect(back == pipeline)
  }

  @Test func aStepIsWrittenAsPeopleWriteIt() throws {
    let node = try OneLine.parsed("impute numeric strategy=median | drop_constant id=d")
    var errors: [PrepError] = []
    let pipeline = Pipeline.decoded(from: node, catalog: configCatalog, errors: &errors)
    #expect(errors == [])
    #expect(
      PipelineFile.text(pipeline.node) == """
        dlprep: 1
        steps:
          - impute: {columns: numeric, strategy: median}
          - drop_constant: {id: d}

        """)
  }

  @Test func theDefaultsAreAShortFile() {
    let (pipeline, errors) = decoded("dlprep: 1\n")
    #expect(errors == [])
    #expect(pipeline == Pipeline())
    #expect(PipelineFile.text(pipeline.node) == "dlprep: 1\nsteps: []\n")
  }

  @Test func scalarsCanBeSetFromOutside() throws {
    let yaml = """
      dlprep: 1
      params: {share: 0.2, strategy: mean}
      split: {test: "${share}"}
      steps:
        - impute: {strategy: "${strategy}"}
        - impute: {id: money, columns: [a]}
        - impute
      """
    let (pipeline, errors) = decoded(
      yaml,
      set: [
        "params.share=0.5", "params.strategy=median", "money.indicator=true", "impute_2.value=1=1",
        "impute.columns=float & !binary",
      ])
    #expect(
      errors == ["--set impute_2.value: value: 'impute.value': expected a number, found '1=1'"])
    #expect(pipeline.split?.test == 0.5)
    #expect((pipeline.steps[0].stage as? FillIn)?.strategy == .median)
    #expect(pipeline.steps[0].stage.common.columns == .and(.type(.float), .not(.binary)))
    #expect((pipeline.steps[1].stage as? FillIn)?.indicator == true)
    let wrong = decoded(
      yaml,
      set: [
        "params.shar=1", "monye.value=1", "money.columns=b", "money.id=x", "money.valu=1", "x=1",
      ])
    #expect(
      wrong.errors == [
        "--set: usage: expected params.NAME=VALUE or STEP.PARAMETER=VALUE, found 'x=1'",
        "--set params.shar: unknown: 'params' has no 'shar'; did you mean 'share'?",
        "--set money.columns: usage: 'money.columns' is a list in the file; only scalars can be set from the command line",
        "--set money.id: usage: the id of a step can't be set",
        "--set money.valu: unknown: 'impute' has no parameter 'valu'; did you mean 'value'?",
        "--set monye.value: unknown: there is no step 'monye'; did you mean 'money'?",
      ])
  }

  @Test func whenIsForRowStagesAndChecks() {
    let good = """
      dlprep: 1
      steps:
        - outliers: {columns: numeric, action: drop_row, when: fit}
        - check: {columns: numeric, min: 0, when: fit}
        - impute: {when: always}
        - check: {columns: numeric, min: 0, when: always}
      """
    #expect(decoded(good).errors == [])
    let bad = """
      dlprep: 1
      steps:
        - outliers: {columns: numeric, action: drop_row, when: always}
        - outliers: {columns: numeric, when: fit}
        - impute: {when: fit}
        - impute: {when: never}
      """
    #expect(
      decoded(bad).errors == [
        "p.yaml:3:58: value: 'outliers.when': no stage that adds or removes rows but filter may say always; serving keeps every row; leave it out",
        "p.yaml:4:40: value: 'outliers.when': only stages that add or remove rows, and check, may say fit; what a step does to training rows it does to every row",
        "p.yaml:5:20: value: 'impute.when': only stages that add or remove rows, and check, may say fit; what a step does to training rows it does to every row",
        "p.yaml:6:20: value: 'impute.when': expected one of always, fit, found 'never'",
      ])
  }
}
