public import DLPrepData
public import DLPrepPipeline

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension DatetimeFeatures {
  /// Opens the work.
  public func kernel(_ learned: ZoneRules, for field: Field, _ slots: Slots) -> Kernel {
    let parts = parts(of: field)
    let stage = self
    let unit = field.type == .date ? 1 : microsecondsOfDay
    return { block, run in
      let column = block.columns[slots.input]
      if stage.common.missing == .error { run.failMissing(column, of: block) }
      let (missing, integers) = (column.missing, column.integers)
      let times = (0..<column.count).map { row -> Int in
        if missing[row] { return 0 }
        let time = Int(integers[row])
        if unit > 1 || time.magnitude <= 1 << 40 { return time }
        run.fail(row, of: block, .cast, "expected a day within a billion years, found \(time)")
        return 0
      }
      let clocks = unit == 1 ? times : times.map(learned.local)
      let days = clocks.map { floorDivide($0, unit) }
      let calendar = days.map(CalendarDay.init(days:))
      var made = slots.outputs.makeIterator()
      func next(_ storage: Column.Storage) -> Column? {
        guard let slot = made.next() else { return nil }
        block.columns[slot].prepare(storage, count: column.count)
        block.columns[slot].missing = column.missing
        return block.columns[slot]
      }
      for part in parts {
        let values = days.indices.map { row in
          part.value(calendar[row], days[row], clocks[row] &- days[row] &* unit)
        }
        if stage.cyclical && part.hasPeriod {
          let turns = days.indices.map {
            2 * Double.pi * Double(values[$0]) / part.period(calendar[$0])
          }
          next(.floats)?.floats.replaceSubrange(0..<column.count, with: turns.map(sin))
          next(.floats)?.floats.replaceSubrange(0..<column.count, with: turns.map(cos))
        } else {
          next(.integers)?.integers.replaceSubrange(
            0..<column.count, with: values.map { Int64($0) })
        }
      }
      guard stage.epoch != .none else { return }
      let whole = days.indices.map { row -> Int64 in
        if stage.epoch == .days { return Int64(floorDivide(times[row], unit)) }
        return Int64(unit == 1 ? times[row] &* 86_400 : floorDivide(times[row], 1_000_000))
      }
      next(.integers)?.integers.replaceSubrange(0..<column.count, with: whole)
    }
  }
}
