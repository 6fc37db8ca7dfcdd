import DLPrepBytes
import DLPrepData

/// A read plan opened once: formats and time zones read, markers sorted.
struct CellPlan: Sendable {
  let plan: ReadPlan
  let nulls: NullMarkers
  let style: NumberStyle
  let infinity: InputOptions.Infinity
  let action: BadRowAction
  /// By column of the plan: how its text says dates; nil is ISO 8601.
  let formats: [DateTimeFormat?]
  /// By column of the plan: whose clocks its times are on.
  let zones: [TimeZoneRules?]

  init(_ plan: ReadPlan, _ options: InputOptions) throws(PrepError) {
    self.plan = plan
    style = NumberStyle(decimal: options.decimal, thousands: options.thousands ?? 0)
    nulls = NullMarkers(options.nullValues, style)
    infinity = options.infinity
    action = options.badRows
    var formats: [DateTimeFormat?] = []
    var zones: [TimeZoneRules?] = []
    for column in plan.columns {
      var format: String?
      var zone: String?
      switch column.type {
      case .date(let stated): format = stated
      case .timestamp(let stated, let timezone):
        format = stated
        zone = timezone
      default: break
      }
      formats.append(try format.map { text throws(PrepError) in try DateTimeFormat(text) })
      if let kept = column.zone, zone != nil {
        zones.append(try TimeZoneRules(kept))
      } else {
        zones.append(try zone.map { name throws(PrepError) in try TimeZoneRules(named: name) })
      }
    }
    self.formats = formats
    self.zones = zones
  }
}
