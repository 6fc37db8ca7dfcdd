import DLPrepBytes
import DLPrepData
import DLPrepPipeline

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What features tell of the target, in nats; all rows in memory.
///
/// Numbers are divided by their deviation and get a little noise, 1e-10 of their mean magnitude or
/// of 1, that takes ties apart. It is a hash of the row's position and the column's name, so that it
/// is the same in every run. Flags and the components of vectors are classes of their own.
struct MutualInformation: Sendable {
  private let features: FeatureList
  private let targetField: Field
  private let hasClasses: Bool
  private var columns: [[Double]]
  private var entries: [[(row: Int, component: Int, value: Double)]]
  private var targets: [Double] = []
  /// The score of each feature, once it is judged.
  private(set) var scores: [Double] = []

  init(_ features: FeatureList, _ target: Answers.Target) {
    self.features = features
    targetField = target.field
    hasClasses = !target.classes.isEmpty
    columns = features.fields.map { _ in [] }
    entries = features.fields.map { _ in [] }
  }

  /// Takes in rows, each with its target.
  mutating func observe(_ block: Block, _ slots: [Int], _ target: [Double]) {
    let first = targets.count
    targets += target
    features.forEachColumn(of: block, slots) { i, values in
      switch values {
      case .numbers(let numbers): columns[i] += numbers
      case .entries(let found):
        entries[i] += found.map { (first + $0.row, $0.component, $0.value) }
      }
    }
  }

  /// Adds later rows.
  mutating func merge(_ later: MutualInformation) {
    let first = targets.count
    targets += later.targets
    for i in columns.indices {
      columns[i] += later.columns[i]
      entries[i] += later.entries[i].map { (first + $0.row, $0.component, $0.value) }
    }
  }

  /// Judges each feature, once all rows are there.
  mutating func judge(_ threads: SpareThreads) {
    let known = self
    let labels = hasClasses ? targets.map { Int($0) } : []
    let spread = SortedNumbers(hasClasses ? [] : apart(targets, targetField.name))
    scores = threads.map(columns.count) { known.scores($0, labels, spread) }.flatMap { $0 }
  }

  /// The scores of a column's features, given the classes of the target or its numbers.
  private func scores(_ i: Int, _ labels: [Int], _ spread: SortedNumbers) -> [Double] {
    func score(classes: [Double]) -> Double {
      let codes = ranks(of: classes)
      return hasClasses
        ? Self.information(codes, labels)
        : NeighborInformation.information(spread.numbers, labels: codes)
    }
    let field = features.fields[i]
    if field.type.isVector {
      var own = Array(repeating: [(row: Int, value: Double)](), count: field.width)
      for entry in entries[i] { own[entry.component].append((entry.row, entry.value)) }
      return own.map { entries in
        var values = Array(repeating: 0.0, count: targets.count)
        for (row, value) in entries { values[row] = value }
        return score(classes: values)
      }
    }
    if field.type == .bool { return [score(classes: columns[i])] }
    let numbers = apart(columns[i], field.name)
    return [
      hasClasses
        ? NeighborInformation.information(numbers, labels: labels)
        : NeighborInformation.information(SortedNumbers(numbers), spread)
    ]
  }

  /// Numbers over their deviation, with noise that takes ties apart.
  private func apart(_ numbers: [Double], _ name: String) -> [Double] {
    var moments = ExactMoments()
    moments.add(numbers.span)
    let deviation = nonzeroScale(moments.standardDeviation())
    var scaled = numbers.map { $0 / deviation }
    var sum = ExactSum()
    for number in scaled { sum.add(number.magnitude) }
    let size = 1e-10 * max(1, sum.divided(by: numbers.count))
    let seed = XXH64.hash(name)
    for row in scaled.indices {
      let hash = XXH64.hash(number: UInt64(row), seed: seed)
      scaled[row] += size * normalQuantile((Double(hash >> 11) + 0.5) * 0x1p-53)
    }
    return scaled
  }

  /// The position of each number among the distinct ones.
  private func ranks(of numbers: [Double]) -> [Int] {
    let distinct = Set(numbers).sorted()
    let places = Dictionary(
      zip(distinct, distinct.indices), uniquingKeysWith: { first, _ in first })
    return numbers.map { places[$0] ?? 0 }
  }

  /// Of two classes, from how often they meet.
  private static func information(_ x: [Int], _ y: [Int]) -> Double {
    let (width, height) = ((x.max() ?? 0) + 1, (y.max() ?? 0) + 1)
    var cells: [Int: Int] = [:]
    var columns = Array(repeating: 0, count: width)
    var rows = Array(repeating: 0, count: height)
    for (a, b) in zip(x, y) {
      cells[a * height + b, default: 0] += 1
      columns[a] += 1
      rows[b] += 1
    }
    let total = Double(x.count)
    let sum = cells.sorted { $0.key < $1.key }.reduce(0) { sum, cell in
      let count = Double(cell.value)
      let apart = Double(columns[cell.key / height]) * Double(rows[cell.key % height])
      return sum + count / total * (log(count) + log(total) - log(apart))
    }
    return max(0, sum)
  }
}
