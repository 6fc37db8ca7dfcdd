import Testing

@testable import DLPrepPipeline

@Suite struct RunningSumsTests {
  @Test func whatIsTakenOutLeavesNoTrace() {
    // Sums in floating point would lose the small numbers beside the large one.
    let values = [1e16, 1, -1e16, 0.1, 3, 5e-9]
    var extent = TargetExtent()
    extent.observe(values.span)
    var sums = RunningSums(categories: 2, extent: extent)
    for value in values { sums.add(value, to: 1) }
    sums.remove(1e16, from: 1)
    sums.remove(-1e16, from: 1)
    sums.remove(0.1, from: 1)
    sums.remove(5e-9, from: 1)
    #expect(sums.mean(of: 1).count == 2)
    #expect(sums.mean(of: 1).mean == 2)
    sums.remove(1, from: 1)
    sums.remove(3, from: 1)
    #expect(sums.mean(of: 1) == (0, 0))
    #expect(sums.mean(of: 0) == (0, 0))
  }
}
