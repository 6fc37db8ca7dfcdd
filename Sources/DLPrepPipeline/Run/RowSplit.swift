import DLPrepData

/// Tells test rows from training rows of a block, as the pipeline's split says.
struct RowSplit: Sendable {
  private let split: Split
  private let hash: RowHash
  private let keySlot: Int?
  private let timeSlot: Int?
  private let cutoff: Int64?

  /// The split of a fitted pipeline; nil where it has none.
  init?(_ fitted: FittedPipeline, keySlot: Int?, timeSlot: Int?) {
    self.init(
      fitted.pipeline, keySlot: keySlot, timeSlot: timeSlot, cutoff: fitted.splitCutoff)
  }

  /// The split of a pipeline, with the cut-off of a split by time; nil where it has none.
  init?(_ pipeline: Pipeline, keySlot: Int?, timeSlot: Int?, cutoff: Int64?) {
    guard let split = pipeline.split else { return nil }
    self.split = split
    hash = RowHash(seed: pipeline.seed, purpose: "split")
    self.keySlot = keySlot
    self.timeSlot = timeSlot
    self.cutoff = cutoff
  }

  /// Whether each row of a block is a test row.
  func tests(_ block: Block) -> [Bool] {
    switch split.method {
    case .hash:
      let key = keySlot.map { block.columns[$0] }
      return hash.of(key, block.rows).map { RowHash.isTest($0, share: split.test) }
    case .time:
      guard let timeSlot, let cutoff else { return Array(repeating: false, count: block.count) }
      let time = block.columns[timeSlot]
      return (0..<block.count).map { !time.missing[$0] && time.timeKey($0) >= cutoff }
    }
  }

  /// Writes the part of each row into a slot: 1 is a test row; and counts the rows of each part.
  func mark(_ block: Block, partSlot: Int) -> (train: Int, test: Int) {
    let tests = tests(block)
    let part = block.columns[partSlot]
    part.prepare(.flags, count: block.count)
    for (row, isTest) in tests.enumerated() { part.flags[row] = isTest ? 1 : 0 }
    let count = tests.count { $0 }
    return (tests.count - count, count)
  }
}

extension Column {
  /// A number by which rows are ordered in time: days, microseconds, or an order-preserving code
  /// of a float.
  func timeKey(_ row: Int) -> Int64 {
    guard storage == .floats else { return integers[row] }
    let bits = Int64(bitPattern: (floats[row] + 0).bitPattern)
    return bits >= 0 ? bits : bits ^ .max
  }
}

extension Block {
  /// Keeps the rows of one part, by the flags in a slot, and says how many were left out.
  func keep(_ part: RunOptions.Part, partSlot: Int) -> Int {
    guard part != .all else { return 0 }
    let wanted: UInt8 = part == .test ? 1 : 0
    let flags = columns[partSlot].flags
    let kept = (0..<count).filter { flags[$0] == wanted }
    let leftOut = count - kept.count
    if leftOut > 0 { keep(kept) }
    return leftOut
  }
}
