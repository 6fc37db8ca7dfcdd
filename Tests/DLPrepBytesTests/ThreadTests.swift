import DLPrepBytes
import DLPrepData
import Synchronization
import Testing

@Suite struct ThreadTests {
  @Test func everyIndexRunsOnce() throws {
    let seen = Mutex<[Int]>([])
    try Workers.run(7) { index in seen.withLock { $0.append(index) } }
    #expect(seen.withLock { $0.sorted() } == Array(0..<7))
  }

  @Test func theLowestErrorIsReported() {
    do throws(PrepError) {
      try Workers.run(5) { index throws(PrepError) in
        if index == 1 || index == 4 { throw PrepError(.value, "worker \(index)") }
      }
      Issue.record("errors were lost")
    } catch {
      #expect(error.message == "worker 1")
    }
  }

  @Test func turnsComeInOrder() throws {
    let gate = Turnstile()
    let next = Atomic<Int>(0)
    let order = Mutex<[Int]>([])
    try Workers.run(4) { _ in
      while true {
        let mine = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if mine >= 200 { return }
        #expect(gate.wait(for: mine))
        order.withLock { $0.append(mine) }
        gate.advance()
      }
    }
    #expect(order.withLock { $0 } == Array(0..<200))
  }

  @Test func cancellingWakesTheWaiting() throws {
    let gate = Turnstile(first: 1)
    try Workers.run(3) { index in
      if index == 0 { gate.cancel() } else { #expect(!gate.wait(for: 99)) }
    }
  }
}
