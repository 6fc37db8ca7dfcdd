import DLPrepData

/// Cuts blocks that would take much memory once their vectors are written out, component by
/// component, so that what is encoded at a time is bounded however wide they are.
struct BlockSlices {
  /// What a slice may take when each number of its rows takes eight bytes.
  private static let bytes = 16 << 20

  /// How many rows a slice has at most; nil: a block is never cut.
  private let rows: Int?

  /// Only vectors take more room in the output than in the block.
  init(_ schema: OutputSchema) {
    let fields = schema.columns.map(\.field)
    let width = fields.reduce(0) { $0 + $1.width }
    rows = fields.contains { $0.type.isVector } ? max(1, Self.bytes / (max(1, width) * 8)) : nil
  }

  /// The rows of a block from one on: the block itself where all of them fit.
  func slice(of block: Block, from first: Int) -> Block {
    guard let rows, block.count > rows else { return block }
    let positions = Array(first..<min(block.count, first + rows))
    let slice = Block(slots: 0)
    slice.rows = block.rows.gathered(positions)
    slice.columns = block.columns.map {
      $0.count == block.count ? $0.gathered(positions) : $0
    }
    return slice
  }
}
