import DLPrepBytes
import DLPrepData

/// Some rows of a NumPy array; NaN is missing.
final class NPYRecords: RecordBlock {
  var firstRecord = 0
  var count = 0
  let buffer: RawBuffer
  private let source: NPYSource

  init(_ source: NPYSource) {
    self.source = source
    buffer = RawBuffer(capacity: max(1, source.blockRows * source.rowBytes))
  }

  func parse(
    _ plan: ReadPlan, into block: Block, evidence: inout [Int: TypeEvidence]
  ) throws(PrepError) {
    block.rows = Rows(first: firstRecord, count: count)
    for read in plan.columns {
      let column = block.columns[read.slot]
      guard let position = read.source else {
        throw PrepError(.internal, "expected a column of the array")
      }
      column.prepare(.floats, count: count)
      fill(column, position)
      try checkInfinity(column, position)
      switch read.type {
      case .float: continue
      case .integer(let takesDecimals): try makeWhole(column, position, takesDecimals)
      case .bool: try makeFlags(column, position)
      case .category, .text, .date, .timestamp:
        throw PrepError(
          .cast,
          "expected \(read.type.dataType.name) in column '\(source.columns[position])', "
            + "found numbers", at: place(ofRecord: firstRecord, column: position))
      }
    }
  }

  /// Takes a column's numbers over, whatever they are written as.
  private func fill(_ column: Column, _ position: Int) {
    let scalar = source.shape.scalar
    let (first, step) = (position * scalar.bytes, source.rowBytes)
    let bytes = unsafe UnsafeRawBufferPointer(buffer.bytes)
    func each(_ number: (Int) -> Double) {
      for row in 0..<count { column.floats[row] = number(first + row * step) }
    }
    func load<T: BitwiseCopyable>(_ at: Int, as type: T.Type) -> T {
      unsafe bytes.loadUnaligned(fromByteOffset: at, as: type)
    }
    switch scalar {
    case .float64:
      each { Double(bitPattern: UInt64(littleEndian: load($0, as: UInt64.self))) }
    case .float32:
      each { Double(Float(bitPattern: UInt32(littleEndian: load($0, as: UInt32.self)))) }
    case .int64: each { Double(Int64(littleEndian: load($0, as: Int64.self))) }
    case .int32: each { Double(Int32(littleEndian: load($0, as: Int32.self))) }
    case .uint8, .bool: each { Double(load($0, as: UInt8.self)) }
    }
    for row in 0..<count where column.floats[row].isNaN { column.missing[row] = true }
  }

  private func checkInfinity(_ column: Column, _ position: Int) throws(PrepError) {
    if source.infinity == .keep { return }
    for row in 0..<count where column.floats[row].isInfinite {
      if source.infinity == .error {
        throw wrong("a finite number", column.floats[row], row, position)
      }
      column.missing[row] = true
    }
  }

  private func makeWhole(
    _ column: Column, _ position: Int, _ takesDecimals: Bool
  ) throws(PrepError) {
    var whole: [Int64] = []
    whole.reserveCapacity(count)
    for row in 0..<count {
      let number = column.missing[row] ? 0 : column.floats[row]
      guard let value = Int64(exactly: number) else {
        if takesDecimals { return }
        throw wrong("a whole number", number, row, position)
      }
      whole.append(value)
    }
    column.become(.integers)
    for row in 0..<count { column.integers[row] = whole[row] }
  }

  private func makeFlags(_ column: Column, _ position: Int) throws(PrepError) {
    column.become(.flags)
    for row in 0..<count {
      let number = column.missing[row] ? 0 : column.floats[row]
      guard number == 0 || number == 1 else { throw wrong("0 or 1", number, row, position) }
      column.flags[row] = number == 1 ? 1 : 0
    }
  }

  private func wrong(
    _ expected: String, _ found: Double, _ row: Int, _ position: Int
  ) -> PrepError {
    PrepError(
      .cast, "expected \(expected) in column '\(source.columns[position])', found \(found)",
      at: place(ofRecord: firstRecord + row, column: position))
  }

  func place(ofRecord record: Int, column: Int?) -> Place {
    Place(file: source.name, line: record + 1, column: column.map { $0 + 1 } ?? 0)
  }

  func raw(ofRecord record: Int) -> RawRecord { RawRecord(bytes: [], line: record + 1, offset: 0) }
}
