public import DLPrepData
public import DLPrepPipeline

/// Drops training rows that are the same as another one.
///
/// ```yaml
/// - drop_duplicates: {columns: [name, year]}
/// ```
/// ```csv
/// name,year,size
/// ann,2020,1
/// bob,2020,2
/// ann,2020,3
/// ```
/// becomes
/// ```csv
/// name,year,size
/// ann,2020,1
/// bob,2020,2
/// ```
/// Rows are the same if they agree in all chosen columns (by default all, whatever their role),
/// missing values included. `keep` says which of them stays: the first, the last, or none. It acts
/// on training rows only. Same as pandas `drop_duplicates`. Cost: the chosen columns in memory.
public struct DropDuplicates: RowStage {
  /// The key in pipeline files.
  public static let name = "drop_duplicates"
  /// One sentence for listings.
  public static let summary = "Drops training rows that are the same as another one."
  /// What others call it.
  public static let otherNames = ["unique", "distinct", "dedup", "drop_duplicate_rows"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .when]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .anyRole
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("keep", \.keep, "Which of several rows that are the same stays.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(["a", "i", "l"]), Self(["b", "l"]) { $0.keep = .last },
      Self(["f", "t"]) { $0.keep = .none },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Which of several rows that are the same stays.
  public var keep = Keep.first
  /// Everything at its default.
  public init() {}

  /// Which of several rows that are the same stays.
  public enum Keep: String, Sendable, CaseIterable, ParameterValue {
    /// The first.
    case first
    /// The last.
    case last
    /// None of them.
    case none
  }

  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { !field.type.isVector }

  /// The rows that stay.
  public func arrangement(of rows: TrainingView) throws(PrepError) -> Arrangement {
    guard !rows.fields.isEmpty else { return Arrangement(rows: Array(0..<rows.count)) }
    var keys: [[UInt64]] = []
    for position in rows.fields.indices { keys.append(try rows.column(position).valueKeys()) }
    // The first and last row of each kind, and how many there are.
    var kinds: [Int: (first: Int, last: Int, count: Int)] = [:]
    var found: [Key: Int] = [:]
    for row in 0..<rows.count {
      let kind = found[Key(values: keys.map { $0[row] })] ?? row
      if kind == row { found[Key(values: keys.map { $0[row] })] = row }
      kinds[kind, default: (row, row, 0)].last = row
      kinds[kind]?.count += 1
    }
    let kept = kinds.values.compactMap { kind in
      switch keep {
      case .first: kind.first
      case .last: kind.last
      case .none: kind.count == 1 ? kind.first : nil
      }
    }
    return Arrangement(rows: kept.sorted())
  }

  private struct Key: Hashable {
    var values: [UInt64]
  }
}

extension Column {
  /// For each row a number that is the same for equal values, and for no others.
  func valueKeys() -> [UInt64] {
    var keys = [UInt64](repeating: 0, count: count)
    var seen: [UInt64: UInt64] = [:]
    // 0 is a missing value.
    func key(_ bits: UInt64) -> UInt64 {
      if let known = seen[bits] { return known }
      let next = UInt64(seen.count + 1)
      seen[bits] = next
      return next
    }
    let words = storage == .text ? Levels() : nil
    for row in 0..<count where !missing[row] {
      switch storage {
      case .floats: keys[row] = key((floats[row] + 0).bitPattern)
      case .integers: keys[row] = key(UInt64(bitPattern: integers[row]))
      case .flags: keys[row] = UInt64(flags[row]) + 1
      case .codes: keys[row] = UInt64(bitPattern: Int64(codes[row])) &+ 1
      case .text: keys[row] = UInt64(words?.intern(text, row) ?? 0) + 1
      case .sparse: break
      }
    }
    return keys
  }
}
