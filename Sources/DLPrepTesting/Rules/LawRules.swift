import DLPrepData
import DLPrepPipeline

extension Stage {
  /// Whether it takes rows out in serving, as only `filter` may.
  var filtersRows: Bool { removesRows && when == .always && Self.name == "filter" }
}

extension BehaviourRule {
  /// The laws: nothing depends on how rows are cut into blocks, or on who works on them.
  static var lawRules: [BehaviourRule] {
    [
      BehaviourRule("any blocks and any workers learn the same") { trial throws(PrepError) in
        let one = try trial.fit(blockRows: 1000, threads: 1)
        var found: [String] = []
        for (blockRows, threads) in [(1, 1), (1, 3), (3, 2), (7, 8), (64, 1), (1000, 3)] {
          let other = try trial.fit(blockRows: blockRows, threads: threads)
          let name = "\(blockRows) rows a block, \(threads) workers"
          if other.artifact != one.artifact { found.append("another artifact with \(name)") }
          if other.output != one.output { found.append("another training output with \(name)") }
        }
        return found
      },
      BehaviourRule("any blocks come out the same") { trial throws(PrepError) in
        var found: [String] = []
        for blockRows in [1, 3, 7, 64] {
          let other = try trial.fitted.apply(to: TableReader(trial.serving, blockRows: blockRows))
          if other != trial.served { found.append("\(blockRows) rows a block") }
        }
        return found
      },
      BehaviourRule("serving changes nothing that was learned") { trial throws(PrepError) in
        let before = try Artifact.write(trial.fitted)
        let again = try trial.fitted.apply(trial.serving)
        var found = again == trial.served ? [] : ["a second time gave another table"]
        if try Artifact.write(trial.fitted) != before { found.append("the artifact changed") }
        return found
      },
      BehaviourRule("a table comes out as its parts do") { trial throws(PrepError) in
        // A stage that needs rows in order may look at earlier ones.
        if trial.stage.needsOrder { return [] }
        let rows = trial.serving.rowCount
        var found: [String] = []
        for cut in [1, rows / 3, rows - 1] {
          let first = try trial.fitted.apply(trial.serving.rows(0..<cut))
          let rest = try trial.fitted.apply(trial.serving.rows(cut..<rows))
          if first.followed(by: rest) != trial.served { found.append("cut after \(cut) rows") }
        }
        return found
      },
      BehaviourRule("every row is accounted for") { trial in
        let ledger = trial.result.ledger()
        let output = ledger.trainRows + ledger.testRows
        return ledger.balances && ledger.leftOut == output ? [] : ["\(ledger)"]
      },
      BehaviourRule("rows are arranged in training only") { trial in
        guard trial.stage is any RowStage else { return [] }
        return trial.served == trial.serving ? [] : ["the served table changed"]
      },
      BehaviourRule("serving keeps every row") { trial throws(PrepError) in
        if trial.stage.rejectsRows || trial.stage.filtersRows { return [] }
        return trial.served.rowCount == trial.serving.rowCount
          ? [] : ["\(trial.serving.rowCount) rows became \(trial.served.rowCount)"]
      },
      BehaviourRule("saved and loaded, it is the same") { trial throws(PrepError) in
        let saved = try Artifact.write(trial.fitted)
        let loaded = try Artifact.read(saved, name: "artifact", catalog: Catalog([S.self]))
        var found: [String] = []
        if try Artifact.write(loaded) != saved { found.append("the artifact differs") }
        if try loaded.apply(trial.serving) != trial.served { found.append("the output differs") }
        return found
      },
    ]
  }
}
