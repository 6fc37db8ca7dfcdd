public import DLPrepData

/// How far a sequence stage looks ahead: a row without a value waits for the next row of its group
/// that has one.
public struct LookAhead: Sendable, Equatable {
  /// How many rows of the group after it are looked at; where none has a value, it waits no more.
  public var reach: Int
  /// How many rows of the table may come while a row waits; more are an error, so that the rows
  /// that are held back meanwhile don't fill the memory.
  public var rows: Int

  /// Says how far.
  public init(reach: Int, rows: Int) {
    self.reach = reach
    self.rows = rows
  }
}

/// The next value of a row's group, for a row without one.
public struct LaterValue: Sendable {
  /// The column that holds it, in the row's block or a later one.
  public var column: Column
  /// Where it stands there.
  public var row: Int
  /// The number by which its row is ordered.
  public var order: Double
  /// How many rows of the group came before it.
  public var place: Int
}
