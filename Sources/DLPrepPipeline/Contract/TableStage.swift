public import DLPrepData

/// A stage that needs a table beside the data: the file that its parameter `table` names.
///
/// Stages read no files. Whoever loads a pipeline file reads the table, found from the folder of
/// that file, and hands it over; what serving needs of it gets into the artifact.
public protocol TableStage: Stage {
  /// The file as the pipeline names it.
  var table: String { get }
  /// Takes over what the file holds.
  mutating func take(_ table: ReferenceTable) throws(PrepError)
  /// The SHA-256 of the file that was handed over; nil where none was.
  var tableHash: String? { get }
}

/// What a stage has become that looks things up in a table.
public protocol FittedTableStage: FittedBlockStage {
  /// The SHA-256 of the file that the table came from.
  var tableHash: String { get }
}

extension Step {
  /// The SHA-256 of the table that was handed over to the step; nil where it needs none.
  public var tableHash: String? { (stage as? any TableStage)?.tableHash }
}

extension FittedStep {
  /// The SHA-256 of the table that it looks things up in; nil where it has none.
  public var tableHash: String? {
    guard case .block(let block, _) = work else { return nil }
    return block.tableHash
  }
}

/// A table that a step looks things up in.
public struct ReferenceTable: Sendable {
  /// Its columns, with their types.
  public var fields: [Field]
  /// The values; dates are days, timestamps microseconds.
  public var table: Table
  /// The SHA-256 of its file; nil where it came from no file.
  public var hash: String?
  /// Where a row stands, for messages.
  public var place: @Sendable (_ row: Int) -> Place

  /// A table as read from a file.
  public init(
    _ fields: [Field], _ table: Table, hash: String?,
    place: @escaping @Sendable (_ row: Int) -> Place
  ) {
    self.fields = fields
    self.table = table
    self.hash = hash
    self.place = place
  }

  /// A table in memory.
  public init(_ table: Table) {
    self.init(
      table.columns.map { Field($0.name, $0.values.type) }, table, hash: nil,
      place: { Place(file: "table", line: $0 + 1) })
  }
}
