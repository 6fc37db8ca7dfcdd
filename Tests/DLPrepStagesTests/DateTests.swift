import DLPrepData
import DLPrepPipeline
import Testing

@testable import DLPrepStages

/// Day, ISO week, ISO weekday and day of the year by Python's `datetime`.
private let known: [(text: String, day: Int, week: Int, weekday: Int, ofYear: Int)] = [
  ("2024-02-29", 19782, 9, 4, 60), ("2021-01-03", 18630, 53, 7, 3),
  ("2020-12-31", 18627, 53, 4, 366), ("1969-12-28", -4, 52, 7, 362),
  ("2000-01-01", 10957, 52, 6, 1), ("1900-03-01", -25508, 9, 4, 60),
  ("2026-06-30", 20634, 27, 2, 181), ("9999-12-31", 2_932_896, 52, 5, 365),
  ("0001-01-01", -719162, 1, 1, 1),
]

@Test func daysAreThoseOfTheGregorianCalendar() {
  for date in known {
    let bytes = Array(date.text.utf8)
    #expect(parsedDate(bytes.span) == Int64(date.day))
    #expect(printedDate(date.day) == date.text)
    #expect(isoWeek(date.day) == date.week)
    #expect(weekday(date.day) == date.weekday)
    #expect(CalendarDay(days: date.day).dayOfYear == date.ofYear)
  }
}

private func features(
  _ type: String, _ values: [String?], _ set: (inout DatetimeFeatures) -> Void
) async throws -> Table {
  var cast = Cast()
  cast.to = ["t": type]
  return try await served([cast, DatetimeFeatures(["t"], set)], Table(["t": .text(values)]))
}

@Test func datesAreTakenApart() async throws {
  let out = try await features("date", ["2024-02-29", nil, "2021-01-31"]) { _ in }
  #expect(
    out.columns.map(\.name) == [
      "t_year", "t_quarter", "t_month", "t_week", "t_day", "t_weekday", "t_day_of_year",
      "t_is_weekend", "t_is_month_start", "t_is_month_end", "t_is_leap_year",
    ])
  let expected: [[Int64?]] = [
    [2024, nil, 2021], [1, nil, 1], [2, nil, 1], [9, nil, 4], [29, nil, 31], [4, nil, 7],
    [60, nil, 31], [0, nil, 1], [0, nil, 0], [1, nil, 1], [1, nil, 0],
  ]
  for (column, values) in zip(out.columns, expected) {
    #expect(column.values == .integer(values), "\(column.name)")
  }
}

@Test func instantsBeforeTheEpochHaveTheirParts() async throws {
  let out = try await features("timestamp", ["1969-12-31T23:59:58.5Z", "2024-03-01T00:00:00Z"]) {
    ($0.extract, $0.epoch) = ([.hour, .minute, .second, .day], .seconds)
  }
  let expected: [(String, [Int64?])] = [
    ("t_hour", [23, 0]), ("t_minute", [59, 0]), ("t_second", [58, 0]), ("t_day", [31, 1]),
    ("t_epoch_seconds", [-2, 1_709_251_200]),
  ]
  for (name, values) in expected { #expect(out.values(of: name) == .integer(values), "\(name)") }
}

@Test func partsGoRoundInConstantPeriods() async throws {
  let out = try await features("timestamp", ["2024-02-29T06:00:00Z", "2024-12-31T18:00:00Z"]) {
    ($0.extract, $0.cyclical) = ([.year, .month, .day, .hour], true)
  }
  #expect(out.values(of: "t_year") == .integer([2024, 2024]))
  #expect(near(out.values(of: "t_month_sin"), [0.8660254037844386, 0]))
  #expect(near(out.values(of: "t_month_cos"), [0.5, 1]))
  // The last day of any month is the end of its turn.
  #expect(near(out.values(of: "t_day_cos"), [1, 1]))
  #expect(near(out.values(of: "t_hour_sin"), [1, -1]))
}

@Test func instantsAreTakenApartOnTheColumnsClocks() async throws {
  var pipeline = Pipeline([
    DatetimeFeatures(["t"]) { ($0.extract, $0.epoch) = ([.day, .hour, .minute], .seconds) }
  ])
  var column = Contract.Column("t")
  column.type = .timestamp(format: nil, timezone: "Europe/Paris")
  pipeline.schema.columns = [column]
  // 2024-03-31T00:59:59Z is 01:59:59 in Paris, and a second later it is 3 o'clock there.
  let table = try Table([
    "t": .integer([1_711_846_799, 1_711_846_800, 4_102_444_800].map { $0 * 1_000_000 })
  ])
  let fitted = try await pipeline.fit(table)
  let loaded = try Artifact.read(
    Artifact.write(fitted), name: "artifact", catalog: standardStages)
  for pipeline in [fitted, loaded] {
    let out = try pipeline.apply(table)
    #expect(out.values(of: "t_day") == .integer([31, 31, 1]))
    #expect(out.values(of: "t_hour") == .integer([1, 3, 1]))
    #expect(out.values(of: "t_minute") == .integer([59, 0, 0]))
    #expect(
      out.values(of: "t_epoch_seconds")
        == .integer([1_711_846_799, 1_711_846_800, 4_102_444_800]))
  }
}
