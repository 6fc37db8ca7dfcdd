package import DLPrepData

/// A column in few bytes, bit by bit what it was; what missing rows hold means nothing here either.
///
/// Whole numbers and codes are kept as distances from the least of them, in as many bytes as the
/// greatest distance needs; numbers of few decimals as whole numbers, and the few others as they
/// are (after ALP, Afroozeh et al. 2023); flags as bits. To pack costs 1 to 2 ns a value, to unpack
/// 0.5 to 1.
package struct PackedColumn {
  /// How the values stand in the bytes.
  enum Form {
    /// As they are in memory.
    case plain
    /// Distances from `base`.
    case distances(base: Int64, width: Int)
    /// Distances from `base` of the numbers times `power`, then `odd` numbers that stand apart.
    case decimals(base: Int64, width: Int, power: Double, odd: Int)
    /// One bit a row.
    case bits
  }

  /// Which buffer of a column the values fill.
  package let storage: Column.Storage
  /// How many rows there are.
  package let count: Int
  /// What codes stand for.
  package let levels: Levels?
  /// The values: what may be kept elsewhere and put back.
  package var bytes: [UInt8]
  let form: Form
  let hasMissing: Bool
  /// The bytes of text, or the entries of a sparse vector.
  let size: Int
  let isWhole: Bool

  /// How many bytes the words take that say which rows are missing.
  var missingBytes: Int { hasMissing ? (count + 63) >> 6 * 8 : 0 }

  /// How many bytes a column takes that can't be packed, without a look at most of it; nil where
  /// one has to try.
  package static func plainSize(of column: Column) -> Int? {
    guard column.storage == .floats,
      ColumnPacking(column, hasMissing: column.missing.any).decimals() == nil
    else { return nil }
    return 8 * column.count
  }

  /// Whether all are whole numbers of at most `limit`, as far as the form tells.
  package func isWithin(_ limit: Int64) -> Bool {
    guard storage == .integers, case .distances(let base, let width) = form, width <= 6 else {
      return false
    }
    return base >= -limit && base <= limit - 1 << (8 * width)
  }

  /// Packs a column.
  package init(_ column: Column) {
    storage = column.storage
    count = column.count
    levels = column.levels
    hasMissing = column.missing.any
    isWhole = column.sparse.isWhole
    var size = 0
    var packing = ColumnPacking(column, hasMissing: hasMissing)
    switch column.storage {
    case .floats: form = packing.floats()
    case .integers: form = packing.integers()
    case .codes: form = packing.codes()
    case .flags: form = packing.flags()
    case .text:
      form = packing.text()
      size = column.text.bytes.count
    case .sparse:
      form = .plain
      packing.add(column.sparse.ends, count)
      packing.add(column.sparse.components, column.sparse.components.count)
      packing.add(column.sparse.values, column.sparse.values.count)
      size = column.sparse.values.count
    }
    self.size = size
    bytes = packing.bytes
  }
}
