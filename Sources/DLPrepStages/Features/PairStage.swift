public import DLPrepData
public import DLPrepPipeline

/// A stage that makes a column of each chosen one and each of some others: `ratio` and
/// `difference_of`.
public protocol PairStage: BlockStage where Summary == NoSummary, Fitted == ColumnPairs {
  /// The other columns.
  var to: [String] { get set }
  /// What is made of two columns.
  static var operation: PairOperation { get }
}

extension PairStage {
  /// The shared keys it takes.
  public static var commonKeys: CommonKeys { [.columns] }
  /// The chosen columns and the others.
  public var columns: Selector? { common.columns.map { .or($0, .names(to)) } }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if to.isEmpty {
      throw PrepError(
        .value, "'to': expected columns, found none",
        hint: "name the columns that each of 'columns' is taken with")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// It makes numbers of several columns.
  public var purposes: Purposes { .combines }
  /// A column for each pair.
  public func made(from fields: [Field], _ fitted: Fitted?) throws(PrepError) -> [Field] {
    pairs(fields).map { a, b in
      let isWhole = fields[a].type == .integer && fields[b].type == .integer
      return Field(
        fields[a].name + Self.operation.sign + fields[b].name,
        isWhole && Self.operation == .difference ? .integer : .float,
        madeOf: [fields[a], fields[b]])
    }
  }
  /// What it has become.
  public func fitted(to summary: NoSummary, _ fields: [Field]) throws(PrepError) -> ColumnPairs {
    var fitted = ColumnPairs()
    fitted.pairs = pairs(fields).map { [$0, $1] }
    fitted.divides = Self.operation == .ratio
    return fitted
  }
  /// Whether it can have been learned.
  public func check(_ loaded: ColumnPairs, for fields: [Field]) throws(PrepError) {
    try requireLearned(
      loaded.pairs == pairs(fields).map { [$0, $1] }, "pairs of \(fields.count) columns")
  }

  /// Positions: first each column that isn't among the others, with each of these as they are
  /// named.
  private func pairs(_ fields: [Field]) -> [(Int, Int)] {
    let others = to.compactMap { name in
      fields.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
    }
    return fields.indices.filter { !others.contains($0) }.flatMap { a in others.map { (a, $0) } }
  }
}

/// What is made of two columns.
public enum PairOperation: Sendable {
  case ratio
  case difference

  /// What stands between the columns' names.
  var sign: String { self == .ratio ? "/" : "-" }
}

/// Which columns are taken with which.
public struct ColumnPairs: FittedBlockStage, SavedByFields {
  /// Two positions of chosen columns each.
  public var pairs: [[Int]] = []
  /// Whether they are divided; else subtracted.
  public var divides = false
  /// No pair.
  public init() {}
  /// How it is saved.
  public static let fields: [SavedField<Self>] = [
    .init("pairs", \.pairs), .init("divides", \.divides),
  ]

  /// Opens the work.
  public func kernel(_ slots: [Int], made: [Int]) -> Kernel {
    let (pairs, divides) = (pairs, divides)
    return { block, run in
      for (slot, pair) in zip(made, pairs) {
        let (a, b) = (block.columns[slots[pair[0]]], block.columns[slots[pair[1]]])
        let out = block.columns[slot]
        if divides {
          out.divide(a, by: b, run)
        } else {
          out.subtract(b, from: a, run)
        }
      }
    }
  }
}

extension Column {
  /// Becomes the ratio of two columns.
  fileprivate func divide(_ a: Column, by b: Column, _ run: RunContext) {
    prepare(.floats, count: a.count)
    let (x, y) = (a.numbers(), b.numbers())
    var (zeros, others) = (0, 0)
    missing = a.missing.union(b.missing)
    for row in 0..<count where !missing[row] {
      let ratio = x[row] / y[row]
      if ratio.isFinite {
        floats[row] = ratio
      } else {
        missing[row] = true
        if y[row] == 0 { zeros += 1 } else { others += 1 }
      }
    }
    run.count("divisions by zero", zeros)
    run.count("ratios that are no number", others)
  }

  /// Becomes the difference of two columns: whole numbers where both are.
  fileprivate func subtract(_ b: Column, from a: Column, _ run: RunContext) {
    let isWhole = a.storage == .integers && b.storage == .integers
    prepare(isWhole ? .integers : .floats, count: a.count)
    missing = a.missing.union(b.missing)
    var others = 0
    if isWhole {
      for row in 0..<count where !missing[row] {
        let (value, overflows) = a.integers[row].subtractingReportingOverflow(b.integers[row])
        if overflows { missing[row] = true } else { integers[row] = value }
        others += overflows ? 1 : 0
      }
    } else {
      let (x, y) = (a.numbers(), b.numbers())
      for row in 0..<count where !missing[row] {
        floats[row] = x[row] - y[row]
        if !floats[row].isFinite {
          missing[row] = true
          others += 1
        }
      }
    }
    run.count("differences that are no number", others)
  }
}
