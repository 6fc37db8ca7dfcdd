import DLPrepData
import DLPrepPipeline

/// A column of a block as the donors know it: numbers, or the positions of categories.
final class DonorCells {
  let donors: Donors
  /// The values; what missing rows hold means nothing, an unseen category is -1.
  private(set) var cells: [Double] = []
  /// Which rows were missing.
  private(set) var missing = Bitmap()

  private let known: SortedStrings
  private var positions = CodeTable<Double>(missing: -1)
  private let map = CategoryMap<Int32>(missing: -1, .keep, unknown: -1, .value)
  private var filled: [(row: Int, value: Double)] = []

  init(_ donors: Donors) {
    self.donors = donors
    known = SortedStrings(donors.categories)
  }

  /// Whether differences can be told as shares of a range.
  var hasRange: Bool { donors.isCategory || donors.range > 0 }

  /// Reads a block's column.
  func read(_ block: Block, _ slot: Int, _ run: RunContext) {
    let column = block.columns[slot]
    missing = column.missing
    filled.removeAll(keepingCapacity: true)
    guard donors.isCategory else {
      column.convertToFloats()
      cells = column.floats
      return
    }
    map.read(slot, of: block, run) { map.made.intern($0) }
    positions.update(map.made) { known.index(of: $0).map(Double.init) ?? -1 }
    cells.removeAll(keepingCapacity: true)
    for row in 0..<column.count { cells.append(positions[map.values[row]]) }
  }

  /// Fills a missing value; nil: with the usual one.
  func fill(_ row: Int, with value: Double?) { filled.append((row, value ?? donors.usual)) }

  /// Writes what was filled.
  func write(_ block: Block, _ slot: Int) {
    let column = block.columns[slot]
    if !donors.isCategory {
      // The numbers are shared no longer, and so written in place.
      cells = []
      for (row, value) in filled { column.floats[row] = value }
    } else {
      for (row, value) in filled {
        let category = donors.categories[Int(value)]
        if column.storage == .flags {
          column.flags[row] = category == [49] ? 1 : 0
        } else {
          map.fill(row, with: map.made.intern(category.span))
        }
      }
      switch column.storage {
      case .codes: map.storeCategory(in: column)
      case .text: map.storeText(in: column)
      case .floats, .integers, .flags, .sparse: break
      }
    }
    column.missing.clear()
  }
}
