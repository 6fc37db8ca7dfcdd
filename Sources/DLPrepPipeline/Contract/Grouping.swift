public import DLPrepBytes
public import DLPrepData

/// The distinct values of some key columns: one tuple of bytes for each group, sorted; a missing
/// key is a value of its own and comes first.
public struct GroupKeys: Savable {
  /// The groups, each with a value for every key column; nil is missing.
  public internal(set) var tuples: [[[UInt8]?]]

  /// No group.
  public init() { tuples = [] }

  package init(_ tuples: [[[UInt8]?]]) { self.tuples = tuples }

  /// How many groups there are.
  public var count: Int { tuples.count }

  /// Some of the groups, in their order.
  public func only(_ positions: [Int]) -> GroupKeys { GroupKeys(positions.map { tuples[$0] }) }

  /// A list of lists of text.
  public var saved: JSON {
    .array(tuples.map { .array($0.map { $0.map { .string($0) } ?? .null }) })
  }

  /// Reads the groups.
  public init(loading json: JSON) throws(PrepError) {
    guard case .array(let groups) = json else { throw unloadable("a list of groups") }
    tuples = []
    for group in groups {
      guard case .array(let values) = group else { throw unloadable("the keys of a group") }
      var tuple: [[UInt8]?] = []
      for value in values {
        switch value {
        case .null: tuple.append(nil)
        case .string(let bytes): tuple.append(bytes)
        default: throw unloadable("text")
        }
      }
      guard tuple.count == tuples.first?.count ?? tuple.count else {
        throw unloadable("as many keys in every group")
      }
      tuples.append(tuple)
    }
  }

  /// Whether the values of one group come before those of another.
  static func precedes(_ a: [[UInt8]?], _ b: [[UInt8]?]) -> Bool {
    for (x, y) in zip(a, b) where x != y {
      guard let x else { return true }
      guard let y else { return false }
      return x.lexicographicallyPrecedes(y)
    }
    return false
  }
}

/// The rows of a block, told apart by the values of key columns.
public struct GroupedRows: Sendable {
  /// The group of each row; a group keeps its number as long as the run lasts.
  public var groups: [Int]
  /// The number by which each row is ordered: a number, days or microseconds.
  public var order: [Double]
  /// How many groups were seen so far.
  public var groupCount: Int
  /// Each row's place in its group, from 0; empty where the stage doesn't look ahead.
  public var places: [Int] = []
  /// For each row without a value the next one of its group, nil where there is none within reach;
  /// empty where the stage doesn't look ahead.
  public var later: [LaterValue?] = []
}
