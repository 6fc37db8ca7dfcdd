public import DLPrepData
import Synchronization

/// A table in memory as a source: blocks of its rows, with the types that its columns have.
public final class TableReader: TableSource {
  /// `table`.
  public let name = "table"
  /// The columns' names.
  public let columns: [String]
  private let table: Table
  private let blockRows: Int
  private let next = Mutex(0)

  /// Reads a table in blocks of `blockRows` rows.
  public init(_ table: Table, blockRows: Int = 8192) {
    self.table = table
    self.blockRows = max(1, blockRows)
    columns = table.columns.map(\.name)
  }

  /// A range of rows.
  public func makeRecords() -> any RecordBlock { TableRecords(table) }

  /// Moves on to the next range of rows.
  public func read(into records: any RecordBlock) throws(PrepError) -> Bool {
    guard let records = records as? TableRecords else {
      throw PrepError(.internal, "expected records of a table")
    }
    let first = next.withLock { next in
      defer { next = min(table.rowCount, next + blockRows) }
      return next
    }
    records.firstRecord = first
    records.count = min(blockRows, table.rowCount - first)
    return records.count > 0
  }

  /// The table from its first row on.
  public func restarted() throws(PrepError) -> (any TableSource)? {
    TableReader(table, blockRows: blockRows)
  }

  /// The row, counted from 1.
  public func place(ofRecord record: Int, column: Int?) -> Place? {
    Place(file: name, line: record + 1)
  }

  /// The rows read so far.
  public var counts: ReadCounts {
    var counts = ReadCounts()
    counts.records = next.withLock { $0 }
    return counts
  }

  /// The type that the column has.
  public func type(ofColumn column: Int) -> CellType? {
    switch table.columns[column].values {
    case .integer: .integer(takesDecimals: false)
    case .float: .float
    case .bool: .bool(lenient: true)
    case .category: .category
    case .text: .text
    }
  }
}

/// A range of a table's rows.
final class TableRecords: RecordBlock {
  var firstRecord = 0
  var count = 0
  private let table: Table

  init(_ table: Table) { self.table = table }

  func parse(
    _ plan: ReadPlan, into block: Block, evidence: inout [Int: TypeEvidence]
  )
    throws(PrepError)
  {
    block.rows = Rows(first: firstRecord, count: count)
    for read in plan.columns {
      let column = block.columns[read.slot]
      guard let source = read.source else {
        column.fillMissing(read.type.dataType, count: count)
        continue
      }
      let (name, values) = table.columns[source]
      let rows = firstRecord..<(firstRecord + count)
      guard column.fill(values, rows, as: read.type, block.dictionaries[read.slot]) else {
        throw PrepError(
          .cast,
          "expected \(read.type.dataType.name) in column '\(name)', found \(values.type.name)",
          at: Place(file: "table"))
      }
    }
  }

  func place(ofRecord record: Int, column: Int?) -> Place {
    Place(file: "table", line: record + 1, column: column.map { $0 + 1 } ?? 0)
  }

  func raw(ofRecord record: Int) -> RawRecord { RawRecord(bytes: [], line: record + 1, offset: 0) }
}
