import DLPrepBytes
import DLPrepData
import Testing

@Suite struct TimesTests {
  @Test func daysAndDatesAreInverse() {
    #expect(CivilDate.days(year: 1970, month: 1, day: 1) == 0)
    #expect(CivilDate.days(year: 2000, month: 3, day: 1) == 11_017)
    #expect(CivilDate.days(year: 0, month: 1, day: 1) == -719_528)
    #expect(CivilDate.days(year: 9999, month: 12, day: 31) == 2_932_896)
    #expect(CivilDate.weekday(0) == 3)
    for day in stride(from: Int64(-719_528), through: 2_932_896, by: 97) {
      let (year, month, date) = CivilDate.date(day)
      #expect(CivilDate.days(year: year, month: month, day: date) == day)
    }
  }

  /// Instants as Python's zoneinfo gives them, with `fold=0`.
  @Test(arguments: [
    ("Europe/Paris", "2024-03-31 02:30", 1_711_848_600, TimeZoneRules.Resolution.gap),
    ("Europe/Paris", "2024-10-27 02:30", 1_729_989_000, .overlap),
    ("Europe/Paris", "2024-07-01 12:00", 1_719_828_000, .exact),
    ("Europe/Paris", "2095-07-01 12:00", 3_960_352_800, .exact),
    ("America/New_York", "2024-03-10 02:30", 1_710_055_800, .gap),
    ("America/New_York", "1950-01-01 00:00", -631_134_000, .exact),
    ("Asia/Kolkata", "2024-01-01 00:00", 1_704_047_400, .exact),
    ("Australia/Lord_Howe", "2050-01-15 00:00", 2_525_778_000, .exact),
    ("Australia/Sydney", "2060-01-15 00:00", 2_841_310_800, .exact),
  ])
  func localTimesBecomeInstants(
    zone: String, text: String, second: Int, resolution: TimeZoneRules.Resolution
  ) throws {
    guard let rules = try? TimeZoneRules(named: zone) else {
      print("skipped: no time zone database")
      return
    }
    let bytes = Array(text.utf8)
    let parts = try #require(
      unsafe bytes.withUnsafeBufferPointer { unsafe ISODate.timestamp($0) })
    let found = rules.instant(ofLocal: parts.localMicroseconds)
    #expect(found.microseconds == Int64(second) * 1_000_000)
    #expect(found.resolution == resolution)
  }

  @Test func aNameThatLeavesTheDatabaseIsRefused() {
    for name in ["", "../../etc/passwd", "/etc/passwd", "Nowhere/City", "Europe/Paris\0"] {
      #expect(throws: PrepError.self, "\(name)") { _ = try TimeZoneRules(named: name) }
    }
  }

  @Test(arguments: [
    ("%Y-%m-%d", "2024-02-29", 1_709_164_800), ("%d/%m/%y", "1/2/69", -28_857_600),
    ("%y%m%d", "680101", 3_092_601_600), ("%Y %j", "2024 366", 1_735_603_200),
    ("%I:%M %p", "12:05 am", 300), ("%I:%M %p", "12:05 PM", 43_500),
    ("%B %d %Y", "february 3 2024", 1_706_918_400),
    ("%a %b %d %Y", "Sat Feb 3 2024", 1_706_918_400),
    ("%Y-%m-%dT%H:%M:%S.%f%z", "1970-01-01T01:00:00.5+01:00", 0),
    ("100%% %T", "100% 00:00:07", 7),
  ])
  func formatsReadWhatStrptimeReads(format: String, text: String, second: Int) throws {
    let bytes = Array(text.utf8)
    let parts = try unsafe bytes.withUnsafeBufferPointer {
      unsafe try DateTimeFormat(format).parse($0)
    }
    let microseconds = try #require(parts).utcMicroseconds
    #expect((microseconds - microseconds % 1_000_000) / 1_000_000 == Int64(second))
  }

  @Test func formatsRefuseWhatDoesNotFit() throws {
    for (format, text) in [
      ("%Y-%m-%d", "2023-02-29"), ("%Y-%m-%d", "2024-02-29x"), ("%Y", "24"), ("%H:%M", "24:00"),
      ("%I %p", "13 pm"), ("%j %Y", "366 2023"), ("%b", "Foo"),
    ] {
      let bytes = Array(text.utf8)
      let parts = try unsafe bytes.withUnsafeBufferPointer {
        unsafe try DateTimeFormat(format).parse($0)
      }
      #expect(parts == nil, "\(format) \(text)")
    }
    #expect(throws: PrepError.self) { _ = try DateTimeFormat("%Q") }
    #expect(throws: PrepError.self) { _ = try DateTimeFormat("%") }
  }
}
