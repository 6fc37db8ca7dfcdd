public import DLPrepData
public import DLPrepPipeline

extension Outliers {
  /// Opens the work.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let low = learned.low ?? -.infinity
    let high = learned.high ?? .infinity
    let isConstant = learned.low == nil && learned.high == nil
    var flags: [UInt8] = []
    let stage = self
    return { block, run in
      let column = block.columns[slots.input]
      if stage.common.missing == .error { run.failMissing(column, of: block) }
      if isConstant && run.mode == .training { run.count("constant", block.count) }
      if stage.action != .cap || stage.indicator { flag(column, low, high, &flags) }
      if slots.outputs.count > 1 {
        let made = block.columns[slots.outputs[1]]
        made.prepare(.flags, count: column.count)
        made.flags.replaceSubrange(0..<column.count, with: flags[..<column.count])
      }
      switch stage.action {
      case .flag: break
      case .cap:
        unsafe block.changeFloats(slots.input) { numbers in
          for i in 0..<numbers.count { unsafe numbers[i] = min(max(numbers[i], low), high) }
        }
      case .null:
        column.convertToFloats()
        var emptied = 0
        let marked = flags
        for row in 0..<column.count where marked[row] == 1 {
          column.missing[row] = true
          emptied += 1
        }
        run.count("made missing", emptied)
      case .dropRow:
        let marked = flags
        for row in 0..<column.count where marked[row] == 1 { run.drop(row, of: block) }
      }
    }
  }
}

/// Marks the numbers outside of the limits; missing rows are not.
private func flag(_ column: Column, _ low: Double, _ high: Double, _ flags: inout [UInt8]) {
  let count = column.count
  if flags.count < count {
    flags.append(contentsOf: repeatElement(0, count: count - flags.count))
  }
  if column.storage == .integers {
    let integers = column.integers
    for row in 0..<count {
      let number = Double(integers[row])
      flags[row] = number < low || number > high ? 1 : 0
    }
  } else {
    let floats = column.floats
    for row in 0..<count { flags[row] = floats[row] < low || floats[row] > high ? 1 : 0 }
  }
  column.missing.forEachMissing { flags[$0] = 0 }
}
