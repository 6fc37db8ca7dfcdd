/// Readings of machines in a plant, some just before a failure: the time and number example.
///
/// Messy on purpose: device numbers with leading zeros, version numbers that look like decimals,
/// vibration in scientific notation, sensors that report 999 when they are unplugged.
enum Sensors {
  static func table(rows: Int = 1400) -> MessyTable {
    var table = MessyTable(header: [
      "reading_id", "measured_at", "device", "site", "firmware", "temperature_c", "humidity_pct",
      "pressure_hpa", "vibration_g", "battery_pct", "status", "note", "failed",
    ])
    var random = SplitMix64(seed: 20_260_103)
    var second = 0
    for row in 0..<rows {
      second += 600 + random.below(5400)
      table.append(reading(row, second, &random))
    }
    return table
  }

  private static let sites: [(value: String, weight: Int)] = [
    ("plant-1", 520), ("plant-2", 330), ("yard", 120), ("lab", 20), ("Büro", 5),
  ]

  private static let firmwares: [(value: String, weight: Int)] = [
    ("1.1", 240), ("1.10", 420), ("2.0", 330), ("2.0-rc1", 8),
  ]

  private static let notes = [
    "recalibrated", "door open, fan on", "reads \"high\"", "battery swapped\nby night shift",
  ]

  private static func reading(_ row: Int, _ second: Int, _ random: inout SplitMix64) -> [String] {
    let device = random.below(48) * random.below(48) / 48
    let wear = random.below(1000)
    let temperature = random.chance(7) ? 99_900 : random.bell(2150 + wear, 260)
    let shake = max(1, random.bell(20 + wear * wear / 4000, 12))
    let scale = random.chance(500) ? 5 : 4
    let battery = max(0, 100 - row % 97 - random.below(4))
    let status = random.chance(6) ? "fault" : wear > 820 ? "warn" : "ok"
    let failed = random.chance(wear > 800 ? 420 : wear > 600 ? 90 : 12)
    return [
      String(700_001 + row),
      "\(Moment(day: 20_089, second: second).date)T\(Moment(day: 20_089, second: second).time)Z",
      padded(device, 4),
      random.maybe(random.pick(sites), missing: 12),
      random.pick(firmwares),
      random.maybe(decimal(temperature, places: 2), missing: 50),
      random.maybe(decimal(random.bell(480, 90), places: 1), missing: 130),
      random.maybe(decimal(random.bell(10_131, 60), places: 1), missing: 35),
      random.maybe("\(decimal(shake * 137, places: 2))e-0\(scale)", missing: 40),
      random.maybe(String(battery), missing: 25),
      random.maybe(status, missing: 15),
      random.chance(900) ? "" : notes[random.below(notes.count)],
      failed ? "1" : "0",
    ]
  }
}
