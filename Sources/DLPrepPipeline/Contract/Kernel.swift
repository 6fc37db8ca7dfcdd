public import DLPrepData

/// Where a kernel finds its input and leaves its outputs in a block.
///
/// The first output stands in the input's slot if it is the column itself (`Output.same`,
/// `.vector`); every other output has a slot of its own, and must be prepared by the kernel.
/// A kernel changes its input only where that is an output too.
public struct Slots: Sendable, Equatable {
  /// The slot of the input.
  public var input: Int
  /// The slots of the outputs, in the order of `outputs(for:_:)`.
  public var outputs: [Int]
  /// The slots of the stage's `groupColumns`, in their order.
  public var keys: [Int] = []

  /// Says where the input and the outputs are.
  public init(input: Int, outputs: [Int]) {
    self.input = input
    self.outputs = outputs
  }
}

/// The work of one step on one column (or one block): opened once per worker, so that it may keep
/// tables of its own, and run once per block.
public typealias Kernel = (_ block: Block, _ run: RunContext) -> Void
