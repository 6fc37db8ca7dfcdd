public import DLPrepData

/// The result of applying a fitted pipeline to a source, as tables of some thousand rows each.
///
/// Going through it a second time is possible only where the source can be read again.
public struct AppliedBlocks: AsyncSequence {
  /// A part of the result.
  public typealias Element = Table
  private let fitted: FittedPipeline
  private let source: any TableSource

  init(_ fitted: FittedPipeline, _ source: any TableSource) {
    self.fitted = fitted
    self.source = source
  }

  /// Starts reading.
  public func makeAsyncIterator() -> Iterator { Iterator(fitted, source) }

  /// Reads, transforms and gives one block after the other.
  public struct Iterator: AsyncIteratorProtocol {
    private let fitted: FittedPipeline
    private let source: any TableSource
    private var opened: (plan: ServingPlan, worker: ServingWorker)?
    private var isRead = false
    private var isOver = false

    fileprivate init(_ fitted: FittedPipeline, _ source: any TableSource) {
      self.fitted = fitted
      self.source = source
    }

    /// The next rows; nil at the end.
    public mutating func next() async throws(PrepError) -> Table? {
      guard !isOver else { return nil }
      if opened == nil { try open() }
      guard let (plan, worker) = opened else { return nil }
      while true {
        if let served = worker.next() {
          var result = TableBuilder(plan.output.columns)
          result.append(served.block)
          worker.recycle(served)
          return result.table
        }
        if isRead { break }
        let served = worker.vacant()
        if try source.read(into: served.records) {
          try worker.take(served)
        } else {
          isRead = true
          try worker.end()
        }
      }
      isOver = true
      let counts = source.counts
      try fitted.pipeline.input.checkShare(
        ofRejected: counts.rejected + worker.finalCounts().rejected, in: counts.records, source)
      return nil
    }

    private mutating func open() throws(PrepError) {
      let plan = try ServingPlan(fitted, for: source)
      opened = (plan, try ServingWorker(plan, source))
    }
  }
}

extension FittedPipeline {
  /// Applies the pipeline to a source, block by block.
  public func blocks(of source: any TableSource) -> AppliedBlocks { AppliedBlocks(self, source) }
}
