import DLPrepData
import DLPrepPipeline

extension BehaviourRule {
  /// Odd data give a result or an error that says why, and never stop the program.
  static var oddRules: [BehaviourRule] {
    [
      BehaviourRule("no rows are an error that says so") { trial in
        do throws(PrepError) {
          _ = try ContractData.pipeline(trial.stage).fitted(
            to: TableReader(trial.table.rows(0..<0)), RunOptions())
          return ["a fit on 0 rows"]
        } catch {
          return error.message.contains("0 rows") ? [] : ["\(error)"]
        }
      },
      BehaviourRule("odd data give a result or an error") { trial in
        for table in oddTables(trial.table) {
          // What matters is that both come back.
          do throws(PrepError) {
            let fitted = try ContractData.pipeline(trial.stage).fitted(
              to: TableReader(table), RunOptions()
            ).fitted
            _ = try fitted.apply(trial.table)
          } catch {
            continue
          }
        }
        return []
      },
      BehaviourRule("serving odd data gives a result or an error") { trial in
        oddTables(trial.table).compactMap { table in
          do throws(PrepError) {
            let out = try trial.fitted.apply(table)
            let mayLose = trial.stage.rejectsRows || trial.stage.filtersRows
            return out.rowCount == table.rowCount || mayLose ? nil : "lost rows"
          } catch {
            return nil
          }
        }
      },
    ]
  }

  /// One row, all missing, constant columns, numbers at the ends of their range, and odd text.
  private static func oddTables(_ table: Table) -> [Table] {
    let rows = table.rowCount
    var tables = [table.rows(0..<1), table.rows(1..<2)]
    var missing = table
    var constant = table
    for (name, values) in table.columns where name != "y" {
      missing = missing.replacing(name, by: values.allMissing)
      var same = values.rows(0..<1)
      for _ in 1..<rows { same = same.rows(0..<same.count).repeatingFirst() }
      constant = constant.replacing(name, by: same)
    }
    tables += [missing, constant]
    let numbers: [Double] = [
      1e308, -1e308, Double.leastNonzeroMagnitude, -0.0, 0, .nan, .infinity, -.infinity, 1e-300,
    ]
    let integers: [Int64] = [.min, .max, 0, -1, 1 << 53 + 1]
    let words = [
      "", " ", "e\u{301}", "\u{E9}", "\u{0}", "other", "missing", "\u{1F468}\u{200D}", "1",
    ]
    for shift in 0..<3 {
      var odd = table
      for (name, values) in table.columns where name != "y" {
        func cycled<Value>(_ list: [Value]) -> [Value?] {
          (0..<rows).map { list[($0 + shift * 3) % list.count] }
        }
        switch values {
        case .float:
          odd = odd.replacing(name, by: .float(cycled(shift == 0 ? numbers : Array(numbers[..<5]))))
        case .integer: odd = odd.replacing(name, by: .integer(cycled(integers)))
        case .category: odd = odd.replacing(name, by: .category(cycled(words)))
        case .text: odd = odd.replacing(name, by: .text(cycled(words)))
        case .bool: break
        }
      }
      tables.append(odd)
    }
    return tables
  }
}

extension Table.Values {
  /// One row more, as the first.
  fileprivate func repeatingFirst() -> Table.Values {
    switch self {
    case .integer(let values): .integer(values + values.prefix(1))
    case .float(let values): .float(values + values.prefix(1))
    case .bool(let values): .bool(values + values.prefix(1))
    case .category(let values): .category(values + values.prefix(1))
    case .text(let values): .text(values + values.prefix(1))
    }
  }
}
