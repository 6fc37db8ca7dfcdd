public import DLPrepData
public import DLPrepPipeline

extension Check {
  /// Opens the work.
  public func kernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel {
    let rules = CheckRules(self, field)
    let onFail = onFail
    return { block, run in
      let column = block.columns[slots.input]
      rules.mark(slots.input, block, run)
      guard rules.failed > 0 else { return }
      let marks = rules.marks
      for row in 0..<column.count where marks[row] != 0 {
        switch onFail {
        case .warn: break
        case .null:
          column.missing[row] = true
          if column.storage == .codes { column.codes[row] = -1 }
        case .reject: run.reject(row, of: block, .check, rules.message(column, row))
        case .error:
          guard block.removed?[row] != true else { continue }
          run.fail(row, of: block, .check, rules.message(column, row))
          return
        }
      }
      switch onFail {
      case .warn: for (rule, count) in rules.counts { run.count("failed '\(rule)'", count) }
      case .null: run.count("made missing", rules.failed)
      case .error, .reject: break
      }
    }
  }
}
