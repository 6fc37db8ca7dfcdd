import DLPrepData
import DLPrepPipeline
import Testing

@testable import DLPrepStages

private let values: [Double?] = [0, 1, 1.5, 2, 2, 2, 3, 10, 11, 12, 50, 50, 51.5]

@Test func binsAreThoseOfScikitLearn() async throws {
  // sklearn 1.9.1: KBinsDiscretizer(n, encode="ordinal", strategy=...).
  let expected: [(Bin.Method, Int, [Int64?])] = [
    (.quantile, 2, [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]),
    (.quantile, 3, [0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]),
    (.quantile, 5, [0, 0, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4]),
    (.quantile, 8, [0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 6, 6]),
    (.uniform, 2, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1]),
    (.uniform, 3, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2]),
    (.uniform, 8, [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 7, 7, 7]),
    (.kmeans, 2, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1]),
    (.kmeans, 3, [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2]),
    (.kmeans, 5, [0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4]),
  ]
  for (method, bins, codes) in expected {
    let stage = Bin(.numeric) { ($0.method, $0.bins) = (method, bins) }
    #expect(try await served(stage, .float(values)) == .integer(codes), "\(method) \(bins)")
  }
}

@Test func clusterEdgesAreThoseOfScikitLearn() {
  // sklearn 1.9.1 on 100 numbers of three shapes; its empty clusters are filled on the way.
  let known: [[Double]] = [
    [29.530869318181818, 75.8523125],
    [14.166217611336034, 40.148587912087905, 77.15960714285714],
    [
      13.76565350877193, 29.289666666666665, 42.6856, 58.818349999999995, 77.07575,
      95.06666666666666,
    ],
  ]
  for inner in known { expectClusterEdges(inner, of: threeShapes) }
  // Several clusters are empty at a time, and the farthest number stands there three times.
  let tail: [Double] = [0, 0, 0, 0, 0, 1, 1, 2, 3, 5, 5, 8, 13, 512, 512, 512]
  expectClusterEdges([1.392857142857146, 3.75, 6.5, 10.5, 262.5], of: tail)
  expectClusterEdges([1.142857142857146, 2.5, 4, 6.5, 10.5, 262.5], of: tail)
}

private func expectClusterEdges(_ inner: [Double], of numbers: [Double]) {
  var counts: [Double: Int] = [:]
  for number in numbers { counts[number, default: 0] += 1 }
  let distribution = counts.sorted { $0.key < $1.key }.map {
    (value: $0.key, weight: Double($0.value))
  }
  let mean = numbers.reduce(0, +) / Double(numbers.count)
  let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
  let (low, high) = (distribution[0].value, distribution[distribution.count - 1].value)
  let step = (high - low) / Double(inner.count + 1)
  let edges = (0...inner.count + 1).map { low + Double($0) * step }
  var clusters = ClusterCenters(of: distribution, isRows: false, mean, variance, from: edges)
  let centers = clusters.found()
  let found = zip(centers, centers.dropFirst()).map { ($0 + $1) / 2 }
  #expect(zip(found, inner).allSatisfy { abs($0 - $1) < 1e-9 }, "\(found)")
}

@Test func binsAreNumberedNamedOrComponents() async throws {
  let table = try Table(["age": .integer([5, 18, 200, nil])])
  func binned(_ form: Bin.Form, _ missing: MissingPolicy) async throws -> Table {
    try await served(
      [
        Bin(.numeric) {
          ($0.method, $0.edges, $0.output) = (.edges, [0, 18, 65, 120.5], form)
          $0.common.missing = missing
        }
      ], table)
  }
  #expect(try await binned(.ordinal, .keep).values(of: "age") == .integer([0, 1, 2, nil]))
  #expect(try await binned(.ordinal, .category).values(of: "age") == .integer([0, 1, 2, 3]))
  #expect(
    try await binned(.label, .category).values(of: "age")
      == .category(["[0, 18)", "[18, 65)", "[65, 120.5)", "missing"]))
  let components = try await binned(.oneHot, .ignore)
  #expect(
    components.columns.map(\.name) == ["age=[0, 18)", "age=[18, 65)", "age=[65, 120.5)"])
  #expect(components.values(of: "age=[65, 120.5)") == .integer([0, 0, 1, 0]))
}

@Test func aConstantColumnHasOneBin() async throws {
  for method in [Bin.Method.quantile, .uniform, .kmeans] {
    let stage = Bin(.numeric) { $0.method = method }
    #expect(try await served(stage, .float([4, 4, 4])) == .integer([0, 0, 0]))
  }
}

@Test func manyBinsAreFoundAsFewAre() async throws {
  let numbers = (0..<500).map { Double?(Double($0)) }
  let stage = Bin(.numeric) { ($0.method, $0.bins) = (.uniform, 100) }
  guard case .integer(let codes)? = try await served(stage, .float(numbers)) else {
    Issue.record("expected integers")
    return
  }
  let expected = numbers.map { Int64(min(99, ($0 ?? 0) / 4.99)) }
  // At an edge the rounding of the edge decides.
  #expect(zip(codes, expected).allSatisfy { abs(($0 ?? -9) - $1) <= 1 })
  #expect(zip(codes, codes.dropFirst()).allSatisfy { ($0 ?? 0) <= ($1 ?? 0) })
}
