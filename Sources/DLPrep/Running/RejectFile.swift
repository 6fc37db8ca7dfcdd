/// The records that a run refused, as CSV: where each stands, what is wrong with it, and its bytes.
final class RejectFile: RejectSink {
  private let file: OutputFile

  /// Starts the file; it appears with the run's other outputs.
  init(_ path: String, in outputs: OutputSet) throws(PrepError) {
    file = try outputs.file(path)
    try file.write(Array("file,line,byte_offset,column,class,message,raw\n".utf8))
  }

  func reject(_ records: [RejectedRecord]) throws(PrepError) {
    var lines: [UInt8] = []
    for record in records {
      let cells: [[UInt8]] = [
        Array(record.file.utf8), Array("\(record.line)".utf8), Array("\(record.byteOffset)".utf8),
        Array((record.columnName ?? "").utf8), Array(record.code.name.utf8),
        Array(record.message.utf8), record.bytes,
      ]
      for (position, cell) in cells.enumerated() {
        if position > 0 { lines.append(UInt8(ascii: ",")) }
        Self.add(cell, to: &lines)
      }
      lines.append(10)
    }
    try file.write(lines)
  }

  private static func add(_ cell: [UInt8], to lines: inout [UInt8]) {
    guard cell.contains(where: { [10, 13, UInt8(ascii: ","), UInt8(ascii: "\"")].contains($0) })
    else {
      lines += cell
      return
    }
    lines.append(UInt8(ascii: "\""))
    for byte in cell {
      if byte == UInt8(ascii: "\"") { lines.append(byte) }
      lines.append(byte)
    }
    lines.append(UInt8(ascii: "\""))
  }
}
