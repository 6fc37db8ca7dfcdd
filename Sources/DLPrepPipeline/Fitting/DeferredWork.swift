import DLPrepData
import Synchronization

/// The work of a step on one column that is done whenever its result is looked at.
///
/// A kernel may keep tables of its own, so each that looks gets one to itself.
final class DeferredWork: Sendable {
  /// A kernel and the block that it works on.
  private struct Opened: @unchecked Sendable {
    let kernel: Kernel
    let block: Block
  }

  private let mode: RunContext.Mode
  private let open: @Sendable () -> Kernel
  private let width: Int
  private let step: Int
  private let idle = Mutex<[Opened]>([])

  /// `open` makes a kernel that works on slot 0 of a block of `width` slots, each row on its own.
  init(_ mode: RunContext.Mode, step: Int, width: Int, open: @escaping @Sendable () -> Kernel) {
    self.mode = mode
    self.open = open
    self.width = width
    self.step = step
  }

  /// What becomes of a column.
  func done(on column: Column, _ rows: Rows) -> Column {
    let opened =
      idle.withLock { $0.popLast() } ?? Opened(kernel: open(), block: Block(slots: width))
    let block = opened.block
    let run = RunContext(mode)
    run.step = step
    block.rows = rows
    block.removed = nil
    block.columns[0] = column
    opened.kernel(block, run)
    let result = block.columns[0]
    block.columns[0] = Column()
    idle.withLock { $0.append(opened) }
    return result
  }
}
