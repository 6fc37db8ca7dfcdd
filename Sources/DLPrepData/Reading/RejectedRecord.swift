/// A record that the reader refused: everything a person needs to find and mend it.
public struct RejectedRecord: Sendable, Equatable {
  /// The file as the user named it.
  public var file: String
  /// The record's number, from 0, the header not counted.
  public var record: Int
  /// The physical line where it starts, from 1.
  public var line: Int
  /// The byte of the uncompressed input where it starts, from 0.
  public var byteOffset: Int
  /// The position of the column that is wrong, from 0; nil where the whole record is.
  public var columnIndex: Int?
  /// The name of that column.
  public var columnName: String?
  /// The class of the error, for example `ragged`.
  public var code: PrepError.Code
  /// What was expected and what was found.
  public var message: String
  /// The record's bytes as they stand in the input, without the line end; a very long one is cut.
  public var bytes: [UInt8]

  /// Puts together what is known of a refused record.
  public init(
    file: String, record: Int, line: Int, byteOffset: Int, columnIndex: Int? = nil,
    columnName: String? = nil, code: PrepError.Code, message: String, bytes: [UInt8]
  ) {
    self.file = file
    self.record = record
    self.line = line
    self.byteOffset = byteOffset
    self.columnIndex = columnIndex
    self.columnName = columnName
    self.code = code
    self.message = message
    self.bytes = bytes
  }
}

/// Where refused records go.
///
/// Within one block records come in order; blocks are handed over in the order in which the caller
/// takes them from `RecordBlock.rejects`, so a file of rejects doesn't depend on threads.
public protocol RejectSink: AnyObject, Sendable {
  /// Takes the refused records of one block, lowest record first.
  func reject(_ records: [RejectedRecord]) throws(PrepError)
}
