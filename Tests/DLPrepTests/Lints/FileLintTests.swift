import DLPrep
import Testing

/// Lints that need no data: each where it is, where it just isn't, and silenced in one step.
struct FileLintTests {
  @Test func scalingBeforeImputingIsFoundByNameAndByType() throws {
    let byName = "schema: {columns: {a: {type: float}}}\nsteps:\n"
    let scaled = "  - robust_scale: {columns: [a]}\n  - impute: {columns: [a]}"
    #expect(
      try linted(byName + scaled) == [
        "p.yaml:4:5: scale_before_impute: step 'robust_scale': scales column 'a' that step 'impute' "
          + "fills later; fill first: move it behind that step"
      ])
    let byType = "steps:\n  - standardize: {columns: float}\n  - impute: {columns: numeric}"
    #expect(try linted(byType).count == 1)
  }

  @Test func scalingBeforeImputingOtherColumnsIsFine() throws {
    let others = "steps:\n  - standardize: {columns: [a]}\n  - impute: {columns: [b]}"
    #expect(try linted(others) == [])
    let constant =
      "steps:\n  - standardize: {columns: [a]}\n"
      + "  - impute: {columns: [a], strategy: constant, value: 0}"
    #expect(try linted(constant) == [])
    let byType =
      "steps:\n  - standardize: {columns: numeric}\n  - impute: {columns: category, strategy: mode}"
    #expect(try linted(byType) == [])
  }

  @Test func aStepSilencesItsOwnLints() throws {
    let yaml = """
      steps:
        - standardize: {columns: numeric, lints: {ignore: [scale_before_impute]}}
        - impute: {columns: numeric}
      """
    #expect(try linted(yaml) == [])
    let wrong = """
      steps:
        - standardize: {columns: numeric}
        - impute: {columns: numeric, lints: {ignore: [scale_before_impute]}}
      """
    #expect(
      try findings(wrong).map(\.name) == ["scale_before_impute", "unused_ignore"])
    #expect(
      try linted(wrong, named: "unused_ignore") == [
        "p.yaml:4:49: unused_ignore: step 'impute': silences 'scale_before_impute', which finds "
          + "nothing here; leave it out"
      ])
  }

  @Test func anUnusedSilenceCanBeSilencedItself() throws {
    #expect(
      try linted("lints: {ignore: [scaled_twice, unused_ignore]}\nsteps: [standardize]") == [])
    #expect(
      try linted("lints: {ignore: [unused_ignore]}\nsteps: [standardize]").count == 1)
  }

  @Test func whatOnlyDataCanTellIsNoUnusedSilence() throws {
    #expect(try linted("lints: {ignore: [target_copy]}\nsteps: [standardize]") == [])
  }

  @Test func namesOfLintsAreChecked() {
    let errors = #expect(throws: PrepErrors.self) {
      try pipeline(
        "lints: {ignore: [scale_before_imputing]}\n"
          + "steps: [{impute: {lints: {ignore: [drop_and_ignore]}}}]")
    }
    #expect(
      errors?.all.map(\.description) == [
        "p.yaml:2:18: value: 'lints.ignore': expected the name of a lint, found "
          + "'scale_before_imputing'; did you mean 'scale_before_impute'?",
        "p.yaml:3:36: value: 'impute.lints': 'ignore': 'drop_and_ignore' is an error, which can't be "
          + "silenced",
      ])
  }

  @Test func silencesAreWrittenBack() throws {
    let yaml = """
      dlprep: 1
      steps:
        - standardize: {columns: numeric, lints: {ignore: [scale_before_impute]}}
        - impute
      lints:
        ignore: [no_split]

      """
    var errors: [PrepError] = []
    let node = try #require(
      PipelineFile.read(bytes: Array(yaml.utf8), name: "p.yaml", errors: &errors))
    let read = Pipeline.decoded(from: node, catalog: standardStages, errors: &errors)
    #expect(errors == [])
    #expect(PipelineFile.text(read.node) == yaml)
  }

  @Test func limitsBehindAScalerAreFound() throws {
    let yaml =
      "steps:\n  - standardize: {columns: [a]}\n  - outliers: {columns: [a, b], action: cap}"
    #expect(try findings(yaml).map(\.name) == ["cap_after_scale"])
    #expect(try linted(yaml.replacing("cap}", with: "flag}")) == [])
    #expect(
      try linted(yaml.replacing("cap}", with: "cap, lints: {ignore: [cap_after_scale]}}")) == [])
  }

  @Test func aSecondScaleIsFound() throws {
    let yaml = "steps:\n  - power_transform: {columns: [a]}\n  - standardize: {columns: [a]}"
    #expect(try findings(yaml).map(\.name) == ["scaled_twice"])
    #expect(try linted(yaml.replacing("[a]}\n", with: "[a], standardize: false}\n")) == [])
  }

  @Test func anUnseenCategoryThatLooksLikeTheFirstIsFound() throws {
    let yaml = "steps:\n  - one_hot: {columns: [c], drop: first}"
    #expect(try findings(yaml).map(\.name) == ["drop_first_unknown"])
    #expect(try findings(yaml).first?.problem.place?.column == 35)
    #expect(try linted(yaml.replacing("first", with: "first, unknown: error")) == [])
    #expect(try linted(yaml.replacing("first", with: "binary")) == [])
  }

  @Test func cleaningTheTargetIsFine() throws {
    let schema =
      "schema: {columns: {y: {type: category, role: target}}}\nsplit: {test: 0.5}\nsteps:\n"
    #expect(try linted(schema + "  - map_values: {columns: [y], map: {a: b}}") == [])
    #expect(try linted(schema + "  - drop_missing: {columns: [y]}") == [])
    #expect(
      try findings(schema + "  - one_hot: {columns: [x, y]}").map(\.name) == ["target_in_step"])
    #expect(try linted(schema + "  - one_hot: {columns: category}") == [])
  }

  @Test func checkingAnIdIsFine() throws {
    let schema = "schema: {columns: {k: {type: integer, role: id}}}\nsteps:\n"
    #expect(try linted(schema + "  - check: {columns: [k], unique: true}") == [])
    #expect(try linted(schema + "  - standardize: {columns: numeric}") == [])
    #expect(try findings(schema + "  - impute: {columns: [k]}").map(\.name) == ["id_in_step"])
  }

  @Test func aSplitByTimeOrKeySuitsGroupsAndTimes() throws {
    let schema =
      "schema: {columns: {t: {type: date, role: time}, g: {role: group}}}\nsteps: [standardize]\n"
    #expect(
      try findings(schema + "split: {test: 0.2}").map(\.name)
        == ["group_across_split", "random_split_of_time"])
    #expect(try linted(schema + "split: {method: time, test: 0.2}") == [])
    #expect(try linted(schema + "split: {key: g, test: 0.2}") == [])
  }

  @Test func columnsThatAreDroppedUnusedAreFound() throws {
    let schema = "schema: {columns: {a: {type: text}, b: {type: float}}}\nsteps:\n"
    #expect(
      try linted(schema + "  - drop: {columns: [a, b]}").map { $0.prefix(28) } == [
        "p.yaml:4:22: unused_column: ", "p.yaml:4:25: unused_column: ",
      ])
    #expect(
      try linted(schema + "  - missing_indicator: {columns: [a]}\n  - drop: {columns: [a]}") == [])
    #expect(
      try linted(schema + "  - drop: {columns: [a]}\noutput: {passthrough: [a]}") == [])
    #expect(try findings(schema + "  - select: {columns: [b]}").map(\.name) == ["unused_column"])
    #expect(
      try linted(schema + "  - derive: {set: {c: b * 2}}\n  - drop: {columns: [c]}") == [
        "p.yaml:5:22: unused_column: step 'drop': column 'c' is made by step 'derive', then dropped "
          + "unused; leave it out there"
      ])
  }

  @Test func aChoiceByTheTargetOfAllRowsIsFound() throws {
    let schema = "schema: {columns: {y: {type: bool, role: target}}}\nsteps:\n"
    #expect(
      try linted(schema + "  - select_k_best: {columns: numeric}") == [
        "p.yaml:4:5: supervised_without_folds: step 'select_k_best': learns from the target 'y' of "
          + "all rows, and no row is kept apart for testing; add split: {test: 0.2}, or silence this "
          + "where the test rows are another file"
      ])
    let silenced =
      "  - select_k_best: {columns: numeric, lints: {ignore: [supervised_without_folds]}}"
    #expect(try linted(schema + silenced) == [])
  }

  @Test(arguments: [
    "target_encode", "woe_encode", "james_stein_encode", "leave_one_out_encode",
    "ordered_target_encode",
  ])
  func encodingsThatDontSeeTheirOwnTargetAreNoChoiceByIt(_ stage: String) throws {
    let schema = "schema: {columns: {y: {type: bool, role: target}}}\nsteps:\n"
    #expect(try findings(schema + "  - \(stage): {columns: [c]}").map(\.name) == ["no_split"])
    #expect(
      try findings(schema + "  - smote: {columns: numeric}").map(\.name) == ["no_split"])
  }

  @Test func scalingBeforeNeighbouringRowsFillIsFound() throws {
    let scaled = "steps:\n  - standardize: {columns: [a]}\n"
    for filler in [
      "fill: {columns: [a], order_by: t", "interpolate: {columns: [a], order_by: t",
      "impute_iterative: {columns: [a]",
    ] {
      #expect(
        try findings(scaled + "  - \(filler)}").map(\.name)
          == ["scale_before_impute"], "\(filler)")
    }
  }

  @Test func distancesWantScalesBeforeThem() throws {
    let scaled = "steps:\n  - standardize: {columns: [a, b]}\n"
    #expect(try linted(scaled + "  - impute_knn: {columns: [a, b]}") == [])
    #expect(
      try findings(scaled + "  - impute_knn: {columns: [a, b], metric: gower}").map(\.name)
        == ["scale_before_impute"])
  }

  @Test(arguments: [
    "group_aggregate: {columns: [y], by: [c]}", "ratio: {columns: [a], to: [y]}",
    "difference_of: {columns: [y], to: [a]}", "polynomial: {columns: [a, y]}",
    "pca: {columns: [a, y]}",
  ])
  func featuresOfTheTargetAreFound(_ step: String) throws {
    let schema =
      "schema: {columns: {y: {type: float, role: target}}}\nsplit: {test: 0.2}\nsteps:\n"
    #expect(
      try linted(schema + "  - \(step)").first?.contains("makes features of the target 'y'") == true
    )
    #expect(try linted(schema + "  - \(step.replacing("y]", with: "b]"))") == [])
  }

  @Test func aFilledTargetIsFound() throws {
    let schema = """
      schema: {columns: {y: {type: float, role: target}, k: {type: text, role: id}}}
      split: {test: 0.2}
      steps:

      """
    #expect(
      try findings(schema + "  - fill: {columns: [y], order_by: t}").map(\.name) == [
        "target_in_step"
      ])
    // An id that stands in the first row of its group only is filled down.
    #expect(try linted(schema + "  - fill: {columns: [k], order_by: t}") == [])
  }
}
