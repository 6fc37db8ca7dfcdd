import DLPrepData
import Synchronization

/// Encodes blocks for a tensor format: the matrix, the arrays beside it, the table of ids.
final class TensorEncoder: BlockEncoder {
  private let matrix32: MatrixEncoder<Float>?
  private let matrix64: MatrixEncoder<Double>?
  private let arrays: [ArrayEncoder]
  private let slots: [Int?]
  private let ids: DelimitedEncoder?
  private let counter: MissingCounter

  init(_ layout: TensorLayout, matrixOnly: Bool, _ counter: MissingCounter) {
    let isDouble = layout.options.dtype == .float64
    matrix32 = isDouble ? nil : MatrixEncoder(layout.features)
    matrix64 = isDouble ? MatrixEncoder(layout.features) : nil
    let slots = layout.arrays.map(\.slot)
    self.slots = matrixOnly ? [] : slots
    arrays = matrixOnly ? [] : layout.arrays.map { ArrayEncoder($0, layout) }
    ids =
      matrixOnly || layout.ids.isEmpty
      ? nil
      : DelimitedEncoder(
        layout.ids, DelimitedStyle(delimiter: 44, nullMarker: layout.options.nullMarker))
    self.counter = counter
  }

  func encode(_ block: Block, into encoded: inout EncodedBlock) throws(PrepError) {
    block.dropRemoved()
    try matrix32?.encode(block, into: &encoded.buffers[0])
    try matrix64?.encode(block, into: &encoded.buffers[0])
    counter.add((matrix32?.missing ?? 0) + (matrix64?.missing ?? 0))
    for (i, array) in arrays.enumerated() {
      try array.encode(block, into: &encoded.buffers[1 + i])
      if let slot = slots[i] { counter.add(block.columns[slot].missing.total, array: i) }
    }
    if let ids {
      encoded.buffers[1 + arrays.count].removeAll(keepingCapacity: true)
      _ = try ids.encode(block, into: &encoded.buffers[1 + arrays.count])
    }
    encoded.rows = block.count
  }
}

/// How many values were missing in the matrix and in each array beside it, counted by all workers.
final class MissingCounter: Sendable {
  private let total = Atomic<Int>(0)
  private let arrays = Mutex<[Int: Int]>([:])

  init() {}

  var value: Int { total.load(ordering: .relaxed) }

  func add(_ more: Int) { total.add(more, ordering: .relaxed) }

  func add(_ more: Int, array: Int) {
    if more > 0 { arrays.withLock { $0[array, default: 0] += more } }
  }

  /// What to say of arrays with missing values.
  func notes(_ layout: TensorLayout) -> [String] {
    let counts = arrays.withLock { $0 }
    return layout.arrays.enumerated().compactMap { i, array in
      counts[i].map { count in
        let rows = count == 1 ? "1 row" : "\(count) rows"
        return "\(rows) without a \(array.name): \(array.missingWord) in its array"
      }
    }
  }
}
