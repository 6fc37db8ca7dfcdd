import DLPrepData

/// A number that tensors are made of.
protocol TensorScalar: BinaryFloatingPoint, Sendable {
  /// The one cast.
  init(_ value: Double)
}

extension Float: TensorScalar {}
extension Double: TensorScalar {}

/// Puts columns into rows: a tile of rows at a time, so that its lines stay in the cache while each
/// column is written down through them.
///
/// A vector stored as codes or entries is scattered. Missing is NaN in all components.
final class MatrixEncoder<Scalar: TensorScalar> {
  private let columns: [(slot: Int, offset: Int, width: Int, isVector: Bool)]
  private let width: Int
  /// Missing numbers seen in the last block.
  private(set) var missing = 0
  private let names: [String]
  /// Whether some number of the block became infinite by the cast.
  private var overflows = false

  init(_ features: [OutputColumn]) {
    var offset = 0
    columns = features.map { feature in
      defer { offset += feature.field.width }
      return (feature.slot, offset, feature.field.width, feature.field.type.isVector)
    }
    width = offset
    names = features.map(\.field.name)
  }

  /// Replaces the contents of a buffer by the rows of a block.
  func encode(_ block: Block, into bytes: inout [UInt8]) throws(PrepError) {
    let rows = block.count
    missing = 0
    overflows = false
    bytes.removeAll(keepingCapacity: true)
    guard rows > 0, width > 0 else { return }
    bytes.append(contentsOf: repeatElement(0, count: rows * width * MemoryLayout<Scalar>.size))
    for column in columns where column.isVector {
      let values = block.columns[column.slot]
      if values.storage == .floats, values.floats.count < rows * column.width {
        throw PrepError(.internal, "expected \(column.width) numbers a row in a vector")
      }
    }
    let sources = columns.map { block.columns[$0.slot] }
    // Rows a page apart share few places of the cache.
    let tile = (width * MemoryLayout<Scalar>.size).isMultiple(of: 4096) ? 64 : 512
    unsafe bytes.withUnsafeMutableBytes { raw in
      let out = unsafe raw.bindMemory(to: Scalar.self)
      var start = 0
      while start < rows {
        let end = min(start + tile, rows)
        for (column, source) in zip(columns, sources) {
          unsafe write(source, column.offset, column.width, column.isVector, start..<end, out)
        }
        start = end
      }
    }
    if overflows { try checkRange(block) }
    for column in columns {
      missing += block.columns[column.slot].missing.total * column.width
    }
  }

  /// An error where a number that isn't missing is finite and the cast would make it infinite.
  private func checkRange(_ block: Block) throws(PrepError) {
    for (i, column) in columns.enumerated() where !column.isVector {
      let values = block.columns[column.slot]
      guard values.storage == .floats else { continue }
      for row in 0..<block.count where !values.missing[row] {
        let number = values.floats[row]
        guard number.isFinite, Scalar(number).isInfinite else { continue }
        throw PrepError(
          .cast,
          "expected a number within the range of the tensor, found '\(number)' in '\(names[i])'",
          hint: "write float64: output: {dtype: float64}, or scale the column",
          record: block.rows[row], column: names[i])
      }
    }
  }

  private func write(
    _ column: Column, _ offset: Int, _ components: Int, _ isVector: Bool, _ rows: Range<Int>,
    _ out: UnsafeMutableBufferPointer<Scalar>
  ) {
    let width = self.width
    switch column.storage {
    case .floats where isVector:
      for row in rows {
        for i in 0..<components {
          unsafe out[row * width + offset + i] = Scalar(column.floats[row * components + i])
        }
      }
    case .floats:
      unsafe column.floats.withUnsafeBufferPointer { values in
        var at = rows.lowerBound * width + offset
        var beyond = false
        for row in rows {
          let number = unsafe Scalar(values[row])
          beyond = unsafe beyond || (number.isInfinite && values[row].isFinite)
          unsafe out[at] = number
          at &+= width
        }
        if beyond { overflows = true }
      }
    case .integers:
      unsafe column.integers.withUnsafeBufferPointer { values in
        var at = rows.lowerBound * width + offset
        for row in rows {
          unsafe out[at] = Scalar(Double(values[row]))
          at &+= width
        }
      }
    case .flags:
      unsafe column.flags.withUnsafeBufferPointer { values in
        var at = rows.lowerBound * width + offset
        for row in rows {
          unsafe out[at] = values[row] != 0 ? 1 : 0
          at &+= width
        }
      }
    case .codes:
      unsafe column.codes.withUnsafeBufferPointer { codes in
        for row in rows {
          let code = unsafe Int(codes[row])
          if code >= 0, code < components { unsafe out[row * width + offset + code] = 1 }
        }
      }
    case .text: break
    case .sparse:
      let entries = column.sparse
      for row in rows {
        let start = row * width + offset
        for i in entries.range(row) {
          let component = Int(entries.components[i])
          if component < components { unsafe out[start + component] = Scalar(entries.values[i]) }
        }
      }
    }
    column.missing.forEachMissing(in: rows) { row in
      for i in 0..<components { unsafe out[row * width + offset + i] = .nan }
    }
  }
}

extension Bitmap {
  /// Calls `body` with every missing row of a range, in order.
  @inline(__always) func forEachMissing(in rows: Range<Int>, _ body: (Int) -> Void) {
    guard !rows.isEmpty else { return }
    for index in (rows.lowerBound >> 6)...((rows.upperBound - 1) >> 6) {
      var word = words[index]
      while word != 0 {
        let row = index << 6 + word.trailingZeroBitCount
        if rows.contains(row) { body(row) }
        word &= word &- 1
      }
    }
  }
}
