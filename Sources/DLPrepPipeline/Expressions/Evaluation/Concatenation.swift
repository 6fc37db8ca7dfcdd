import DLPrepData

/// Texts one after the other.
enum Concatenation {
  private static let limit = 64 << 20

  static func evaluation(_ call: CompiledCall) -> Evaluation {
    let isOpen = call.typed.map { $0.literal == nil }
    // With one part that isn't a literal it is a function of that part.
    if isOpen.count(where: { $0 }) == 1, let position = isOpen.firstIndex(of: true) {
      let literals = call.typed.indices.map { Array((call.text($0) ?? "").utf8) }
      let before = Array(literals[..<position].joined())
      let after = Array(literals[(position + 1)...].joined())
      return unsafe TextFunction.text(call.arguments[position]) { bytes, out in
        out += before
        unsafe out.append(contentsOf: bytes)
        out += after
      }
    }
    return rows(call)
  }

  private static func rows(_ call: CompiledCall) -> Evaluation {
    let arguments = call.arguments
    let type = call.type
    let out = Column()
    var levels = Levels()
    return { frame, active in
      let columns = arguments.map { $0(frame, active) }
      out.prepare(type.storage, count: frame.count)
      for column in columns {
        for i in out.missing.words.indices { out.missing.words[i] |= column.missing.words[i] }
      }
      // The parts of each row, gathered column by column.
      var parts = columns.map { _ in ByteStrings() }
      for (i, column) in columns.enumerated() {
        unsafe TextRows(column).visit { _, bytes in unsafe parts[i].append(bytes) }
      }
      if levels.byteCount > limit { levels = Levels() }
      var buffer: [UInt8] = []
      for row in 0..<frame.count {
        buffer.removeAll(keepingCapacity: true)
        if !out.missing[row] {
          for part in parts { buffer += part.bytes[part.range(row)] }
        }
        if type == .text {
          out.text.append(buffer)
        } else {
          out.codes[row] = out.missing[row] ? -1 : levels.intern(buffer.span)
        }
      }
      if type != .text { out.levels = levels }
      return out
    }
  }
}
