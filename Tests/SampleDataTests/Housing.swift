/// House listings with an asking price: the regression example.
///
/// Messy on purpose: zip codes with leading zeros, one type spelt four ways, rare towns, areas with
/// a slipped decimal point, descriptions with commas, quotes and line ends.
enum Housing {
  static func table(rows: Int = 600) -> MessyTable {
    var table = MessyTable(header: [
      "listing_id", "listed_on", "zip", "town", "kind", "rooms", "area_sqm", "lot_sqm",
      "year_built", "energy_class", "garage", "description", "price",
    ])
    var random = SplitMix64(seed: 20_260_101)
    for row in 0..<rows { table.append(listing(row, &random)) }
    return table
  }

  private static let towns: [(value: (name: String, zip: Int), weight: Int)] = [
    (("Riverton", 2139), 260), (("Oldport", 7030), 200), (("Millbrook", 10_115), 160),
    (("Fairview", 94_103), 140), (("Ashford", 60_601), 110), (("St. Anne, North", 501), 60),
    (("Zürich West", 8005), 40), (("Lone Pine", 93_545), 6), (("Gull Island", 4_642), 4),
  ]

  private static let kinds: [(value: String, weight: Int)] = [
    ("house", 380), ("House", 60), ("HOUSE ", 20), ("flat", 360), ("Flat", 30),
    ("terraced  house", 110), ("houseboat", 4), ("castle", 2),
  ]

  private static let classes = ["A", "B", "C", "D", "E", "F", "G"]

  private static let phrases = [
    "close to schools", "needs \"some\" love", "south-facing garden", "quiet street",
    "new roof, new windows", "viewing by appointment", "two bathrooms", "ask for the floor plan",
  ]

  private static func listing(_ row: Int, _ random: inout SplitMix64) -> [String] {
    let town = random.pick(towns)
    let kind = random.pick(kinds)
    let isFlat = kind == "flat" || kind == "Flat"
    let rooms = max(1, random.bell(isFlat ? 3 : 5, 1))
    let area = max(180, random.bell(rooms * 240, 150))
    let energy = min(6, max(0, random.bell(3, 2)))
    let built = min(2025, random.bell(1968, 28))
    let garage = random.chance(450)
    // Thousands: the area counts most, then the town, the age and the energy class.
    let worth = area * (28 + town.zip % 17) / 100 + (built - 1900) * 4 / 10 - energy * 9
    let price = max(40, random.bell(worth + (garage ? 18 : 0), 25)) * 1000 + random.below(2) * 500
    let slip = random.chance(8) ? 10 : 1
    let lot = isFlat ? 0 : random.from(150...1400) * (random.chance(15) ? 40 : 1)
    return [
      "H\(padded(row + 1, 6))",
      Moment(day: 18_993 + random.below(1096)).date,
      padded(town.zip, 5),
      random.maybe(town.name, missing: 15),
      kind,
      String(rooms),
      random.maybe(decimal(area * slip, places: 1), missing: 60),
      isFlat && random.chance(700) ? "" : String(lot),
      random.maybe(String(built), missing: 90),
      random.maybe(classes[energy], missing: 120),
      random.maybe(garage ? "yes" : "no", missing: 30),
      description(&random),
      String(price),
    ]
  }

  private static func description(_ random: inout SplitMix64) -> String {
    if random.chance(80) { return "" }
    let first = phrases[random.below(phrases.count)]
    let second = phrases[random.below(phrases.count)]
    return first + [", ", "; ", "\n"][random.below(3)] + second
  }
}
