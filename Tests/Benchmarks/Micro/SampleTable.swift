import DLPrep

/// A table in memory with a column of each kind, one value in twenty missing.
struct SampleTable {
  let rows: Int
  let table: Table

  init(rows: Int) throws {
    self.rows = rows
    var draw = Draw(seed: 4)
    func column<T>(_ value: (inout Draw) -> T) -> [T?] {
      (0..<rows).map { _ in draw.next() % 20 == 0 ? nil : value(&draw) }
    }
    let numbers: [Double?] = column { Double(Int64(bitPattern: $0.next()) >> 20) / 1000 }
    let whole: [Int64?] = column { Int64($0.next() % 90) }
    let few: [String?] = column { "level \($0.rank(below: 20))" }
    let many: [String?] = column { "Employer number \($0.rank(below: 45_000))" }
    let target: [Int64?] = (0..<rows).map { _ in Int64(draw.next() & 1) }
    table = try Table([
      "number": .float(numbers), "whole": .integer(whole), "few": .category(few),
      "many": .category(many), "y": .integer(target),
    ])
  }
}
