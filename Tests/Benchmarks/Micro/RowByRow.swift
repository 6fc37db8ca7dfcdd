import DLPrep

/// A service's work: rows of a table, one at a time, through a fitted pipeline.
struct RowByRow {
  private let fitted: FittedPipeline
  private let rows: [[String: Cell]]

  init(model: String, table: String) throws {
    fitted = try FittedPipeline(contentsOf: model)
    var options = fitted.pipeline.input
    options.blockBytes = 1 << 20
    let source = try CSVSource(Input(table), options: options)
    let inputs = fitted.inputs
    let plan = try ServingPlan(fitted, for: source)
    let records = source.makeRecords()
    let block = Block(slots: plan.read.slots)
    var evidence: [Int: TypeEvidence] = [:]
    var rows: [[String: Cell]] = []
    while rows.count < 20_000, try source.read(into: records) {
      try records.parse(plan.read, into: block, evidence: &evidence)
      for row in 0..<block.count {
        var cells: [String: Cell] = [:]
        for read in plan.read.columns {
          guard
            let name = inputs.first(where: { $0.name == source.columns[read.source ?? 0] })?.name
          else { continue }
          cells[name] = Self.cell(block.columns[read.slot], row)
        }
        rows.append(cells)
      }
    }
    self.rows = rows
  }

  func run() throws {
    let service = try RowApplication(fitted)
    var buffer: [Float] = []
    var sum = 0.0
    var best = UInt64.max
    for _ in 0..<5 {
      let start = nanoseconds()
      for row in rows {
        try service.apply(row: row, into: &buffer)
        sum += Double(buffer.last ?? 0)
      }
      best = min(best, nanoseconds() - start)
    }
    precondition(sum == sum)
    let seconds = Double(best) / 1e9
    print("\(rows.count) rows, \(service.width) features")
    print("rows/s \(Int(Double(rows.count) / seconds))")
  }

  private static func cell(_ column: Column, _ row: Int) -> Cell {
    if column.missing[row] { return .missing }
    switch column.storage {
    case .floats: return .number(column.floats[row])
    case .integers: return .integer(column.integers[row])
    case .flags: return .bool(column.flags[row] != 0)
    case .codes:
      let bytes = column.levels?[Int(column.codes[row])] ?? []
      return .text(String(decoding: bytes, as: UTF8.self))
    case .text: return .text(String(decoding: column.text[row], as: UTF8.self))
    case .sparse: return .missing
    }
  }
}
