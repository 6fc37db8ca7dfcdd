import DLPrepBytes
public import DLPrepData

/// A fitted pipeline opened for single rows: the same features in serving as in training, without
/// a file in between.
///
/// It keeps its own buffers, so one thread at a time may use it; open one for each.
public final class RowApplication {
  /// How many numbers come out of a row.
  public let width: Int
  private let plan: ServingPlan
  private let worker: ServingWorker
  private let features: FeatureRows
  private let record: RowRecord

  /// Opens a fitted pipeline; an error where a feature that comes out is not a number.
  public init(_ fitted: FittedPipeline) throws(PrepError) {
    let source = RowSource(fitted.inputs.map(\.name))
    plan = try ServingPlan(fitted, for: source)
    worker = try ServingWorker(plan, source)
    try worker.requireNoLookAhead()
    features = try FeatureRows(plan.output)
    width = features.width
    record = RowRecord(source.columns)
  }

  /// Applies the pipeline to one row, given by column name; columns not given are missing.
  ///
  /// `buffer` gets `width` numbers, missing as NaN.
  public func apply(row: [String: Cell], into buffer: inout [Float]) throws(PrepError) {
    record.cells = row
    try worker.transform(record)
    if buffer.count != width { buffer = Array(repeating: 0, count: width) }
    unsafe buffer.withUnsafeMutableBufferPointer { buffer in
      if worker.block.count == 1 {
        unsafe features.write(worker.block, 0, buffer)
      } else {
        for i in buffer.indices { unsafe buffer[i] = .nan }
      }
    }
  }
}

/// The columns of a row, as a source that is never read from.
private final class RowSource: TableSource {
  let name = "row"
  let columns: [String]
  let counts = ReadCounts()

  init(_ columns: [String]) { self.columns = columns }

  func makeRecords() -> any RecordBlock { RowRecord(columns) }
  func read(into records: any RecordBlock) throws(PrepError) -> Bool { false }
  func restarted() throws(PrepError) -> (any TableSource)? { self }
  func place(ofRecord record: Int, column: Int?) -> Place? { nil }
}

/// One row as a block of records.
private final class RowRecord: RecordBlock {
  var cells: [String: Cell] = [:]
  let firstRecord = 0
  let count = 1
  private let columns: [String]
  /// The columns of the plan, without what only readers of text need; made at the first row.
  private var reads: [Read] = []

  private struct Read {
    var name: String
    var slot: Int
    var type: CellType
    var clock: RowClock?
  }

  init(_ columns: [String]) { self.columns = columns }

  func parse(
    _ plan: ReadPlan, into block: Block, evidence: inout [Int: TypeEvidence]
  )
    throws(PrepError)
  {
    block.rows = Rows(first: 0, count: 1)
    if reads.isEmpty {
      for read in plan.columns {
        reads.append(
          Read(
            name: read.source.map { columns[$0] } ?? "", slot: read.slot, type: read.type,
            clock: try RowClock(read)))
      }
    }
    for i in reads.indices {
      let slot = reads[i].slot
      let cell = cells[reads[i].name] ?? .missing
      guard
        block.columns[slot].fill(
          cell, as: reads[i].type, block.dictionaries[slot], reads[i].clock)
      else {
        throw PrepError(
          .cast,
          "expected \(reads[i].type.dataType.name) in column '\(reads[i].name)', found \(cell)",
          at: Place(file: "row"))
      }
    }
  }

  func place(ofRecord record: Int, column: Int?) -> Place { Place(file: "row") }
  func raw(ofRecord record: Int) -> RawRecord { RawRecord(bytes: [], line: 1, offset: 0) }
}

extension Column {
  /// Takes one cell; false where it doesn't fit the type.
  fileprivate func fill(
    _ cell: Cell, as type: CellType, _ dictionary: Levels, _ clock: RowClock?
  ) -> Bool {
    prepare(Self.storage(of: type.dataType), count: 1)
    switch (cell, type) {
    case (.missing, _):
      missing[0] = true
      if storage == .codes {
        levels = dictionary
        codes[0] = -1
      }
      if storage == .text { text.append(EmptyCollection<UInt8>()) }
    case (.integer(let value), .integer), (.integer(let value), .date),
      (.integer(let value), .timestamp):
      integers[0] = value
    case (.integer(let value), .float): floats[0] = Double(value)
    case (.number(let value), .float) where value.isFinite: floats[0] = value
    case (.number(let value), .integer(takesDecimals: true)) where value.isFinite:
      become(.floats)
      floats[0] = value
    case (.bool(let value), .bool): flags[0] = value ? 1 : 0
    case (.text(let value), .category):
      levels = dictionary
      codes[0] = dictionary.intern(value)
    case (.text(let value), .text): text.append(value.utf8)
    case (.text(let value), .date), (.text(let value), .timestamp):
      guard let instant = clock?.value(value) else { return false }
      integers[0] = instant
    default: return false
    }
    return true
  }
}
