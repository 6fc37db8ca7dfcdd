import DLPrepData

/// Tells which byte strings occur for the first time in the current text.
///
/// The strings of earlier texts stay in its dictionary, which starts over where it has grown large:
/// most words have been seen before, and to see one again costs no memory.
package final class FirstOccurrences {
  private static let limit = 1 << 20
  private let levels = Levels()
  /// By string: the last text that it occurred in.
  private var last: [Int] = []
  private var text = 0

  /// Nothing has occurred yet.
  package init() {}

  /// What comes next belongs to another text.
  package func startText() {
    text += 1
    if levels.byteCount > Self.limit {
      levels.removeAll()
      last.removeAll(keepingCapacity: true)
    }
  }

  /// Whether the string hasn't occurred in this text before.
  package func isFirst(_ string: UnsafeBufferPointer<UInt8>) -> Bool {
    let code = unsafe Int(levels.intern(string))
    if code == last.count {
      last.append(text)
      return true
    }
    defer { last[code] = text }
    return last[code] != text
  }
}
