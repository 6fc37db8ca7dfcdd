/// Subscribers of a made-up service, some of whom left: the classification example.
///
/// Messy on purpose: households that share a split key, local times, referral codes with leading
/// zeros, countries that occur once, spending with a long tail, a target written as yes and no.
enum Churn {
  static func table(rows: Int = 1200) -> MessyTable {
    var table = MessyTable(header: [
      "customer_id", "household", "signed_up", "last_seen", "plan", "country", "payment",
      "referral_code", "age", "monthly_spend", "sessions_30d", "tickets", "comment", "churned",
    ])
    var random = SplitMix64(seed: 20_260_102)
    for row in 0..<rows { table.append(customer(row, rows, &random)) }
    return table
  }

  private static let plans: [(value: String, weight: Int)] = [
    ("free", 480), ("pro", 390), ("team", 130),
  ]

  private static let countries: [(value: String, weight: Int)] = [
    ("DE", 280), ("FR", 220), ("US", 200), ("GB", 120), ("ES", 80), ("NO", 50), ("CH", 30),
    ("Côte d'Ivoire", 6), ("AQ", 2), ("VA", 1), ("TV", 1),
  ]

  private static let payments: [(value: String, weight: Int)] = [
    ("card", 560), ("invoice", 180), ("paypal", 220), ("crypto", 5),
  ]

  private static let comments = [
    "Great, thanks!", "Too slow", "Said \"maybe next year\"", "Price, price, price",
    "Called twice\nno answer", "Moved abroad",
  ]

  private static func customer(_ row: Int, _ rows: Int, _ random: inout SplitMix64) -> [String] {
    let plan = random.pick(plans)
    let base = ["free": 0, "pro": 1900, "team": 6900][plan] ?? 0
    let tail = random.below(100) * random.below(100) * random.below(100) / 200
    let spend = base + tail + (random.chance(6) ? 250_000 : 0)
    let sessions = max(0, random.bell(plan == "free" ? 6 : 14, 6))
    let tickets = max(0, random.below(4) + random.below(4) - 3)
    let signedUp = 18_262 + random.below(1700)
    let idle = random.below(30) * random.below(30) / 6
    // Few sessions, many tickets and a long silence make leaving likely.
    let leaving = 240 + idle * 5 + tickets * 70 - sessions * 14 - (plan == "team" ? 80 : 0)
    let churned = random.chance(min(950, max(20, leaving)))
    let household = padded(random.below(rows * 2 / 3), 4)
    let moment = Moment(day: signedUp, second: random.below(86_400))
    let hour = moment.seconds / 3600 % 24
    return [
      "C\(padded(row + 1, 5))",
      "F\(household)",
      "\(moment.date) \(padded(hour, 2)):\(padded(random.below(60), 2)):00",
      random.maybe(Moment(day: 20_089 - idle).date, missing: 25),
      random.maybe(plan, missing: 10),
      random.maybe(random.pick(countries), missing: 30),
      random.maybe(random.pick(payments), missing: 80),
      random.chance(700) ? "" : padded(random.below(2000), 6),
      random.maybe(String(max(16, random.bell(41, 13))), missing: 110),
      random.maybe(decimal(spend, places: 2), missing: 45),
      String(sessions),
      random.maybe(String(tickets), missing: 20),
      random.chance(820) ? "" : comments[random.below(comments.count)],
      churned ? "yes" : "no",
    ]
  }
}
