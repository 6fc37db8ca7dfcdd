import DLPrepBytes
import DLPrepData
import DLPrepPipeline

/// The values that rows get that are made up: numbers, or the rows that values are taken from.
struct MadeUpColumn {
  var numbers: [Double] = []
  var sources: [Int] = []

  /// The values as a column of the same kind as another one.
  func column(like other: Column) -> Column {
    if numbers.isEmpty { return other.gathered(sources) }
    let column = Column()
    column.prepare(.floats, count: numbers.count)
    column.floats = numbers
    return column
  }
}

/// Makes up rows of one class between its rows.
struct RowMaker {
  /// The rows of the class.
  private let own: [Int]
  private let axes: [GatheredColumn]
  private let points: PointTable
  private let neighbors: Int
  private let threads: SpareThreads

  init(
    _ columns: [Column], _ fields: [Field], own: [Int], neighbors: Int, _ threads: SpareThreads
  ) {
    (self.own, self.neighbors, self.threads) = (own, neighbors, threads)
    var axes = fields.map(GatheredColumn.init)
    for i in axes.indices {
      axes[i].append(columns[i], rows: own)
      _ = axes[i].sortCategories()
    }
    self.axes = axes
    let spread = Self.medianSpread(axes)
    let all = axes.map {
      PointTable.Axis($0.values, $0.isCategory ? .other(spread * spread) : .square)
    }
    points = PointTable(all, count: own.count)
  }

  /// The median of the numbers' standard deviations; 1 without numbers.
  private static func medianSpread(_ axes: [GatheredColumn]) -> Double {
    let spreads = axes.filter { !$0.isCategory }.map { axis -> Double in
      var moments = ExactMoments()
      moments.add(axis.values.span)
      return moments.standardDeviation()
    }.sorted()
    guard !spreads.isEmpty else { return 1 }
    return (spreads[(spreads.count - 1) / 2] + spreads[spreads.count / 2]) / 2
  }

  /// Makes a row up for each of some rows of the class, which may repeat, and adds its values.
  func make(_ bases: [Int], _ chance: [UInt64], into made: inout [MadeUpColumn]) {
    var places: [Int: Int] = [:]
    for (place, row) in own.enumerated() { places[row] = place }
    var copies = Array(repeating: UInt64(0), count: own.count)
    let chosen = bases.map { places[$0] ?? 0 }
    var isChosen = Array(repeating: false, count: own.count)
    for place in chosen { isChosen[place] = true }
    let known = neighbours(where: isChosen)
    for (base, place) in zip(bases, chosen) {
      let neighbours = known[place]
      let copy = copies[place]
      copies[place] += 1
      let draw = XXH64.hash(number: copy, seed: chance[base])
      let choice = draw.multipliedFullWidth(by: UInt64(neighbours.count)).high
      let share = Double(XXH64.hash(number: draw, seed: chance[base]) >> 11) * 0x1p-53
      for (i, axis) in axes.enumerated() {
        if axis.isCategory {
          made[i].sources.append(own[vote(neighbours, axis)])
        } else {
          let (from, to) = (axis.values[place], axis.values[neighbours[Int(choice)]])
          made[i].numbers.append(from + share * (to - from))
        }
      }
    }
  }

  /// The nearest rows of the class of each that is wanted; itself where all are too far for a number.
  private func neighbours(where isWanted: [Bool]) -> [[Int]] {
    let (axes, points, neighbors, piece) = (axes, points, neighbors, 512)
    return threads.map((own.count + piece - 1) / piece) { number in
      let search = NeighbourSearch(points, most: neighbors)
      search.given = Array(axes.indices)
      search.wanted = [NeighbourSearch.anyAxis]
      return (number * piece..<min((number + 1) * piece, points.count)).map { place -> [Int] in
        guard isWanted[place] else { return [] }
        for (i, axis) in axes.enumerated() { search.row[i] = axis.values[place] }
        search.search(without: place)
        var found: [Int] = []
        search.forEach(of: 0) { point, _ in found.append(point) }
        return found.isEmpty ? [place] : found
      }
    }.flatMap { $0 }
  }

  /// A row with the most frequent category; of equally frequent ones the first by bytes.
  private func vote(_ neighbours: [Int], _ axis: GatheredColumn) -> Int {
    var counts: [Double: Int] = [:]
    for point in neighbours { counts[axis.values[point], default: 0] += 1 }
    let most = counts.values.max() ?? 0
    let best = counts.filter { $0.value == most }.keys.min() ?? 0
    return neighbours.first { axis.values[$0] == best } ?? neighbours[0]
  }
}
