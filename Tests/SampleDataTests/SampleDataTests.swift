import Testing

/// The committed sample tables are what their generators make: nobody edits one by hand.
///
/// `RECORD=1 swift test --filter SampleDataTests` writes them anew after a change here.
@Suite struct SampleDataTests {
  @Test func housingIsWhatItsGeneratorMakes() throws {
    try check("housing.csv", against: Housing.table().bytes)
  }

  @Test func sensorsIsWhatItsGeneratorMakes() throws {
    try check("sensors.csv", against: Sensors.table().bytes)
  }

  /// The plain bytes are compared: zlib versions differ in how well they compress.
  @Test func churnIsWhatItsGeneratorMakes() throws {
    let plain = Churn.table().bytes
    let file = SampleFile("churn.csv.gz")
    if SampleFile.recording {
      let packed = try #require(Gzip.compress(plain))
      #expect(file.write(packed))
    }
    let packed = try #require(file.read(), "no \(file.path)")
    #expect(packed.count < 200_000)
    let found = try #require(Gzip.decompress(packed), "\(file.path) is no gzip file")
    expectEqual(found, plain, file.path)
  }

  /// Published first outputs of SplitMix64 for the seed 1234567.
  @Test func randomNumbersAreThoseOfSplitMix64() {
    var random = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
    ]
    for value in expected { #expect(random.next() == value) }
  }

  @Test func daysBecomeDates() {
    #expect(Moment(day: 0).date == "1970-01-01")
    #expect(Moment(day: 11_016).date == "2000-02-29")
    #expect(Moment(day: 20_454, second: 86_399).date == "2026-01-01")
    #expect(Moment(day: 20_454, second: 86_399).time == "23:59:59")
  }

  @Test func cellsAreQuotedOnlyWhereNeeded() {
    var table = MessyTable(header: ["a", "b"])
    table.append(["plain", "say \"no\", twice\nplease"])
    let text = "a,b\nplain,\"say \"\"no\"\", twice\nplease\"\n"
    #expect(table.bytes == Array(text.utf8))
    #expect([decimal(-5, places: 2), decimal(1234, places: 1)] == ["-0.05", "123.4"])
  }

  private func check(_ name: String, against expected: [UInt8]) throws {
    let file = SampleFile(name)
    if SampleFile.recording { #expect(file.write(expected)) }
    #expect(expected.count < 200_000, "samples stay small")
    expectEqual(try #require(file.read(), "no \(file.path)"), expected, file.path)
  }

  private func expectEqual(_ found: [UInt8], _ expected: [UInt8], _ path: String) {
    let shared = zip(found, expected).prefix { $0 == $1 }.count
    #expect(found == expected, "\(path) differs from byte \(shared); RECORD=1 rewrites it")
  }
}
