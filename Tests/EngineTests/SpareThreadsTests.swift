import DLPrepData
import Testing

@testable import DLPrepPipeline

struct SpareThreadsTests {
  @Test(arguments: [0, 1, 3])
  func everyPartIsWorkedOnOnce(_ spare: Int) throws {
    let threads = SpareThreads(spare)
    for _ in 0..<20 {
      let workers = try threads.share(50) {
        [Int]()
      } _: { worker, part throws(PrepError) in
        worker.append(part)
      }
      #expect(workers.flatMap { $0 }.sorted() == Array(0..<50))
      #expect(workers.count <= spare + 1)
    }
  }

  @Test func ofSeveralErrorsTheLowestPartsIsThrown() {
    for _ in 0..<20 {
      let error = #expect(throws: PrepError.self) {
        try SpareThreads(2).share(20) {
          0
        } _: { _, part throws(PrepError) in
          if part >= 5 { throw PrepError(.value, "part \(part)") }
        }
      }
      #expect(error?.message == "part 5")
    }
  }

  @Test func withoutPartsThereIsAWorkerWithoutWork() throws {
    let workers = try SpareThreads(1).share(0) {
      0
    } _: { worker, _ throws(PrepError) in
      worker += 1
    }
    #expect(workers == [0])
  }
}
