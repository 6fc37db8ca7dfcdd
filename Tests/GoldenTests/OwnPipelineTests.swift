import DLPrep
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The pipelines that come with the package, on the tables that they were written for.
///
/// What is expected was counted in the raw tables with pandas.
struct OwnPipelineTests {
  @Test func housingBecomesFeatures() async throws {
    let made = try await fitAndApply("housing", "\(root)/SampleData/housing.csv")
    #expect(made.rows == 600)
    #expect(made.missing == [:])
    made.expectSums([
      "area_sqm_missing": 32, "lot_sqm_missing": 184, "year_built_missing": 61, "kind=flat": 248,
      "kind=house": 288, "kind=terraced": 62, "kind=other": 2, "town=Zürich West": 21,
      "town=other": 2, "town=missing": 11, "price": 227_893_000,
    ])
    made.expectStandardized(["listed_on_year", "listed_on_month", "rooms", "area_sqm", "lot_sqm"])
  }

  @Test func churnBecomesFeatures() async throws {
    let made = try await fitAndApply("churn", "\(root)/SampleData/churn.csv.gz")
    #expect(made.rows == 1200)
    #expect(made.missing == [:])
    made.expectSums([
      "referral_code_missing": 840, "age_missing": 157, "monthly_spend_missing": 67,
      "last_seen_missing": 34, "tickets_missing": 17, "plan=free": 548, "plan=missing": 15,
      "payment=paypal": 280, "payment=missing": 94, "churned": 359,
    ])
    #expect(Set(made.numbers["signed_up_hour"] ?? []).count == 24)
    #expect(Set(made.numbers["age"] ?? []).count == 5)
  }

  @Test func sensorsBecomeFeatures() async throws {
    let made = try await fitAndApply("sensors", "\(root)/SampleData/sensors.csv")
    #expect(made.rows == 1400)
    #expect(made.missing == [:])
    made.expectSums([
      "temperature_c_outlier": 7, "temperature_c_missing": 69, "battery_missing": 36,
      "site=plant-1": 748, "site=plant-2": 448, "site=other": 9, "firmware=1.1": 347,
      "firmware=1.10": 576, "firmware=2.0": 462, "firmware=other": 15, "failed": 147,
    ])
    #expect(made.numbers["device"]?.max() == 166.0 / 1400)
    #expect(made.numbers["status"]?.filter { $0 == -2 }.count == 20)
    #expect(made.numbers["status"]?.filter { $0 == 2 }.count == 8)
    made.expectStandardized(["temperature_c", "pressure_hpa"])
  }

  @Test func titanicBecomesFeatures() async throws {
    guard let path = shared("titanic.csv") else { return }
    let made = try await fitAndApply("titanic", path)
    #expect(made.rows == 891)
    #expect(made.missing == [:])
    made.expectSums([
      "age_missing": 177, "cabin_missing": 687, "embarked=S": 646, "embarked=C": 168,
      "sex=male": 577, "pclass=3": 491, "survived": 342,
    ])
  }

  @Test func amesBecomesFeatures() async throws {
    guard let path = shared("ames.csv") else { return }
    let made = try await fitAndApply("ames", path)
    #expect(made.rows == 2930)
    #expect(made.missing == [:])
    #expect(made.numbers.count > 150)
    made.expectSums(["Central_Air=Y": 2734, "Street=Pave": 2918, "Sale_Type=WD": 2536])
  }

  @Test func adultIsFittedOnOneFileAndAppliedToTheOther() async throws {
    guard let train = shared("adult-train.csv"), let test = shared("adult-test.csv") else { return }
    let pipeline = try Pipeline(contentsOf: "\(root)/Pipelines/adult.yaml")
    let fitted = try await pipeline.fit(contentsOf: train)
    #expect(fitted.trainingRows == 32_561)
    #expect(fitted.classes.map { String(decoding: $0, as: UTF8.self) } == ["<=50K", ">50K"])
    let made = try await Features(fitted.apply(contentsOf: test))
    #expect(made.rows == 16_281)
    #expect(made.missing == [:])
    made.expectSums(["sex=Male": 10_860, "workclass=missing": 963])
    #expect(made.texts["income"] == ["<=50K": 12_435, ">50K": 3846])
  }

  private var root: String {
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  }

  private func fitAndApply(_ pipeline: String, _ table: String) async throws -> Features {
    let pipeline = try Pipeline(contentsOf: "\(root)/Pipelines/\(pipeline).yaml")
    let fitted = try await pipeline.fit(contentsOf: table)
    return try await Features(fitted.apply(contentsOf: table))
  }

  /// A table of the folder beside the package, or nil, noted, where there is none.
  private func shared(_ name: String) -> String? {
    var folders = ["\(root)/../shared", "\(root)/../../shared"]
    if let set = unsafe getenv("DLPREP_SHARED") {
      folders.insert(unsafe String(cString: set), at: 0)
    }
    let paths = folders.map { "\($0)/data/\(name)" }
    if let path = paths.first(where: { unsafe access($0, R_OK) == 0 }) { return path }
    print("skipped: no shared/data/\(name) beside the package, and DLPREP_SHARED doesn't name it")
    return nil
  }
}

/// What comes out of a fitted pipeline: numbers by column, and how often each text occurs.
private struct Features {
  var rows = 0
  var numbers: [String: [Double]] = [:]
  var texts: [String: [String: Int]] = [:]
  var missing: [String: Int] = [:]

  init(_ blocks: AppliedBlocks) async throws {
    for try await block in blocks {
      rows += block.rowCount
      for (name, values) in block.columns { add(values, to: name) }
    }
  }

  private mutating func add(_ values: Table.Values, to name: String) {
    let found: [Double?]
    switch values {
    case .integer(let v): found = v.map { $0.map(Double.init) }
    case .float(let v): found = v
    case .bool(let v): found = v.map { $0.map { $0 ? 1 : 0 } }
    case .category(let v), .text(let v):
      for text in v { texts[name, default: [:]][text ?? "", default: 0] += 1 }
      return
    }
    numbers[name, default: []] += found.compactMap { $0 }
    let holes = found.count { $0 == nil }
    if holes > 0 { missing[name, default: 0] += holes }
  }

  func expectSums(_ sums: [String: Double]) {
    for (name, sum) in sums {
      #expect(numbers[name]?.reduce(0, +) == sum, "\(name)")
    }
  }

  func expectStandardized(_ names: [String]) {
    for name in names {
      let values = numbers[name] ?? []
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      #expect(abs(mean) < 1e-12 && abs(variance - 1) < 1e-12, "\(name): \(mean), \(variance)")
    }
  }
}
