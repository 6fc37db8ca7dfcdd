import DLPrepData
import DLPrepPipeline

extension BehaviourRule {
  /// Columns are found by name, and none is no reason to stop.
  static var columnRules: [BehaviourRule] {
    [
      BehaviourRule("columns are found by name, in any order") { trial throws(PrepError) in
        let other = try trial.fitted.apply(trial.serving.reversed)
        return trial.served.columns.compactMap {
          other.values(of: $0.name) == $0.values ? nil : "'\($0.name)' differs"
        }
      },
      BehaviourRule("a column that isn't there is named") { trial in
        trial.acted.compactMap { name in
          do throws(PrepError) {
            // Columns that the suite declares may be absent.
            if trial.fitted.inputs.first(where: { $0.name == name })?.isRequired == false {
              return nil
            }
            _ = try trial.fitted.apply(trial.serving.without(name))
            return "no error without '\(name)'"
          } catch {
            return error.message.contains("'\(name)'") ? nil : "without '\(name)': \(error)"
          }
        }
      },
      BehaviourRule("a column of another type is named") { trial in
        trial.acted.compactMap { name in
          guard let values = trial.serving.values(of: name), values.type.isNumeric else {
            return nil
          }
          let words = Table.Values.text((0..<trial.serving.rowCount).map { _ in "no number" })
          do throws(PrepError) {
            _ = try trial.fitted.apply(trial.serving.replacing(name, by: words))
            return "no error for text in '\(name)'"
          } catch {
            return "\(error)".contains(name) ? nil : "text in '\(name)': \(error)"
          }
        }
      },
      BehaviourRule("a column more changes no other") { trial throws(PrepError) in
        var wider = Table()
        wider.append("zz", .integer((0..<trial.serving.rowCount).map { Int64($0) }))
        for column in trial.serving.columns { wider.append(column.name, column.values) }
        let other = try trial.fitted.apply(wider)
        return trial.served.columns.compactMap {
          other.values(of: $0.name) == $0.values ? nil : "'\($0.name)' differs"
        }
      },
      BehaviourRule("without columns it does nothing") { trial throws(PrepError) in
        guard S.commonKeys.contains(.columns), !(trial.stage is any StructureStage) else {
          return []
        }
        let idle = try trial.changed { $0.common.columns = .glob("nothing*") }
        return try idle.apply(trial.table) == trial.table ? [] : ["the table changed"]
      },
      BehaviourRule("an original that is kept is unchanged") { trial throws(PrepError) in
        guard S.commonKeys.contains(.keepOriginal) else { return [] }
        let keeping = try trial.changed {
          ($0.common.keepOriginal, $0.common.name) = (true, "{column}+{value}+{stage}")
        }
        let out = try keeping.apply(trial.serving)
        return trial.acted.compactMap { name in
          out.values(of: name) == trial.serving.values(of: name) ? nil : "'\(name)' changed"
        }
      },
    ]
  }
}
