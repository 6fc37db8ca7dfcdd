import DLPrepData

/// Evaluations of functions of one text: for a category once for each distinct value, for text once
/// a row.
enum TextFunction {
  /// How large a dictionary of results may get before it starts over.
  private static let limit = 64 << 20

  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Whether something is so of each text.
  static func flag(
    _ argument: @escaping Evaluation, _ body: @escaping (Bytes) -> Bool
  ) -> Evaluation {
    let out = Column()
    var table = CodeTable<UInt8>(missing: 0)
    return { frame, active in
      let a = argument(frame, active)
      out.prepare(.flags, like: a)
      if a.storage == .codes, let levels = a.levels {
        table.update(levels) { string in
          unsafe string.withUnsafeBufferPointer { unsafe body($0) ? 1 : 0 }
        }
        let values = table.values
        transform(a.codes, frame.count, into: &out.flags) { values[Int($0) &+ 1] }
      } else {
        unsafe TextRows(a).visit { row, string in out.flags[row] = unsafe body(string) ? 1 : 0 }
      }
      return out
    }
  }

  /// A whole number of each text.
  static func integer(
    _ argument: @escaping Evaluation, _ body: @escaping (Bytes) -> Int64
  ) -> Evaluation {
    let out = Column()
    var table = CodeTable<Int64>(missing: 0)
    return { frame, active in
      let a = argument(frame, active)
      out.prepare(.integers, like: a)
      if a.storage == .codes, let levels = a.levels {
        table.update(levels) { string in
          unsafe string.withUnsafeBufferPointer { unsafe body($0) }
        }
        let values = table.values
        transform(a.codes, frame.count, into: &out.integers) { values[Int($0) &+ 1] }
      } else {
        unsafe TextRows(a).visit { row, string in out.integers[row] = unsafe body(string) }
      }
      return out
    }
  }

  /// Another text of each text: `body` adds its bytes to the buffer.
  static func text(
    _ argument: @escaping Evaluation, _ body: @escaping (Bytes, inout [UInt8]) -> Void
  ) -> Evaluation {
    let out = Column()
    var made = Levels()
    var table = CodeTable<Int32>(missing: -1)
    var buffer: [UInt8] = []
    return { frame, active in
      let a = argument(frame, active)
      guard a.storage == .codes, let levels = a.levels else {
        out.prepare(.text, like: a)
        unsafe TextRows(a).visit { row, string in
          if !a.missing[row] { unsafe body(string, &out.text.bytes) }
          out.text.ends.append(out.text.bytes.count)
        }
        return out
      }
      if made.byteCount > limit {
        made = Levels()
        table = CodeTable(missing: -1)
      }
      out.prepare(.codes, like: a)
      table.update(levels) { string in
        buffer.removeAll(keepingCapacity: true)
        unsafe string.withUnsafeBufferPointer { unsafe body($0, &buffer) }
        return made.intern(buffer.span)
      }
      let values = table.values
      transform(a.codes, frame.count, into: &out.codes) { values[Int($0) &+ 1] }
      out.levels = made
      return out
    }
  }
}
