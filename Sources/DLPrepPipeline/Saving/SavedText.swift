public import DLPrepBytes
public import DLPrepData

/// The text of an artifact at the place of a value, for reading it without a tree of all of it.
///
/// What is savable needn't know it: by default the value there is read as JSON, and loaded from
/// that. Long lists and structs read on directly, because a dictionary of many thousand categories
/// would otherwise be taken apart into as many pieces of memory first.
public struct SavedText {
  /// Where the value starts.
  package var cursor: JSONCursor

  /// Stands at the first byte.
  package init(_ cursor: JSONCursor) { self.cursor = cursor }

  /// Reads the value, whatever it is, and goes past it.
  public mutating func json() throws(PrepError) -> JSON { try JSON.value(&cursor, depth: 0) }

  /// Whether the value is a list.
  var isList: Bool { mutating get { cursor.peek() == 0x5B } }
  /// Whether the value is an object.
  var isObject: Bool { mutating get { cursor.peek() == 0x7B } }
}
