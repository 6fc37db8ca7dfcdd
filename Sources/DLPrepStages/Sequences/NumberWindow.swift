import DLPrepData
public import DLPrepPipeline

/// The last numbers of one column in one group, and what is made of them.
///
/// Sums are exact, and a number that leaves the window is taken away exactly, so that nothing
/// depends on where the window has been. In a short window the numbers are added up anew, which
/// takes less memory.
public struct NumberWindow: SavedByFields {
  /// The numbers, missing ones nil: from the earliest one on, and after the last comes the first.
  private var ring: [Double?] = []
  private var first = 0
  /// How many of them aren't missing.
  private(set) var count = 0
  /// The numbers in rising order, once asked for.
  private var sorted: [Double]?
  /// Their sums, once asked for, in a long window.
  private var sums: ExactMoments?
  /// No number.
  public init() {}
  /// How it is saved.
  public static let fields: [SavedField<Self>] = [.init("numbers", \.numbers)]

  /// The numbers, the earliest first.
  var numbers: [Double?] {
    get { Array(ring[first...] + ring[..<first]) }
    set {
      self = Self()
      ring = newValue
      count = newValue.count { $0 != nil }
    }
  }

  /// Adds the next number, and takes the earliest away where there are more than `limit`.
  mutating func push(_ number: Double?, limit: Int) {
    if ring.count < limit {
      ring.append(number)
    } else {
      if let old = ring[first] { remove(old) }
      ring[first] = number
      first = first + 1 == ring.count ? 0 : first + 1
    }
    guard let number else { return }
    count += 1
    sums?.add(number)
    if let position = sorted?.position(of: number) { sorted?.insert(number, at: position) }
  }

  private mutating func remove(_ number: Double) {
    count -= 1
    if let position = sorted?.position(of: number) { sorted?.remove(at: position) }
    // Sums that an infinity was part of say nothing any more.
    if number.isFinite { sums?.remove(number) } else { sums = nil }
  }

  /// What is made of the numbers; nil where they are too few for it.
  mutating func value(_ statistic: WindowStatistic, ddof: Int) -> Double? {
    guard count > 0 else { return nil }
    return switch statistic {
    case .mean: sum(over: count)
    case .sum: sum(over: 1)
    case .std: count > ddof ? moments().standardDeviation(ddof: ddof) : nil
    // No zero has a sign here: which of two zeros is less depends on where the window has been.
    case .min: least.map { $0 + 0 }
    case .max: most.map { $0 + 0 }
    case .median: inOrder().median
    case .count: Double(count)
    }
  }

  private mutating func sum(over divisor: Int) -> Double {
    if let short = ShortSum(ring) { return short.divided(by: divisor) }
    return moments().sum.divided(by: divisor)
  }

  private mutating func moments() -> ExactMoments {
    if let sums { return sums }
    var moments = ExactMoments()
    for number in ring { if let number { moments.add(number) } }
    if ring.count > ShortSum.limit, moments.isFinite { sums = moments }
    return moments
  }

  private var least: Double? {
    mutating get {
      if sorted != nil || ring.count > ShortSum.limit { return inOrder().first }
      return ring.lazy.compactMap { $0 }.min()
    }
  }

  private var most: Double? {
    mutating get {
      if sorted != nil || ring.count > ShortSum.limit { return inOrder().last }
      return ring.lazy.compactMap { $0 }.max()
    }
  }

  private mutating func inOrder() -> [Double] {
    if let sorted { return sorted }
    let numbers = ring.compactMap { $0 }.sorted()
    sorted = numbers
    return numbers
  }
}

extension [Double] {
  /// Where the first number stands that is not below another; the numbers rise.
  fileprivate func position(of number: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The middle number of rising ones, or the mean of the two in the middle.
  fileprivate var median: Double? {
    guard let last = indices.last else { return nil }
    let (low, high) = (self[last / 2], self[(last + 1) / 2])
    return low == high ? low : low / 2 + high / 2
  }
}
