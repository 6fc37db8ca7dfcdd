/// Which records of the input the rows of a block are, numbered from 0 before any reject.
public struct Rows: Sendable, Equatable {
  /// The first record.
  public var first: Int
  /// How many rows there are.
  public private(set) var count: Int
  /// The record of each row, where they don't follow each other without a gap.
  public private(set) var numbers: [Int]?

  /// `count` records from `first` on, without a gap.
  public init(first: Int = 0, count: Int = 0) {
    self.first = first
    self.count = count
  }

  /// The given records: in rising order, unless a step has arranged the rows anew.
  public init(numbers: [Int]) {
    let first = numbers.first ?? 0
    self.first = first
    count = numbers.count
    self.numbers = numbers
    guard let last = numbers.last, last - first == count - 1 else { return }
    if numbers.indices.allSatisfy({ numbers[$0] == first + $0 }) { self.numbers = nil }
  }

  /// The record that row `row` is.
  public subscript(row: Int) -> Int { numbers?[row] ?? first + row }

  /// The rows at the given positions.
  public func gathered(_ rows: [Int]) -> Rows { Rows(numbers: rows.map { self[$0] }) }
}
