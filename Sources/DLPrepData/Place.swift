/// A place in a file: lines and columns count from 1, columns in Unicode scalars; 0 is unknown.
public struct Place: Sendable, Equatable, Hashable, CustomStringConvertible {
  /// The file as the user named it, `-` for standard input.
  public var file: String
  /// The physical line, from 1; 0 where it is about the whole file.
  public var line: Int
  /// The Unicode scalar in the line, from 1; 0 where it is about the whole line.
  public var column: Int

  /// Makes a place; without a line it is the whole file.
  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `FILE:LINE:COLUMN`, as far as known.
  public var description: String {
    if line == 0 { return file }
    return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
  }
}
