/// Where one is in a text: physical lines and Unicode scalars, both from 1.
package struct TextPosition {
  package private(set) var line = 1
  package private(set) var column = 1
  private var afterCR = false

  /// The start of a text.
  package init() {}

  /// Goes past one scalar; an LF right after a CR belongs to the same line end.
  package mutating func pass(_ scalar: UInt32) {
    if scalar == 0x0A {
      if !afterCR { line += 1 }
      column = 1
      afterCR = false
    } else if scalar == 0x0D {
      line += 1
      column = 1
      afterCR = true
    } else {
      column += 1
      afterCR = false
    }
  }
}
