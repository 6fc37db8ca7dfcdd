import DLPrepBytes
import DLPrepData

/// A step of a fitted pipeline taken back on some columns: a step of the pipeline that leads back.
struct InverseBlock: FittedBlock {
  /// What is done to which columns, by their names in the table.
  struct Operation {
    /// The column that comes back, for messages.
    var column: String
    var sources: [String]
    var outputs: [[String]]
    var keys: [String]
    var open: ColumnHistory.OpenInverse
  }

  /// All that one step is about.
  struct Step {
    /// The position of the step in the fitted pipeline.
    var number: Int
    var operations: [Operation] = []
    /// Columns that come back in the place of others, and what they are then.
    var restored: [String: DataType] = [:]
    /// Columns that were only needed for others.
    var gone: Set<String> = []
    /// Columns that come back without a place of their own.
    var made: [Field] = []

    /// Every column that it works on.
    var names: Set<String> {
      Set(operations.flatMap { $0.outputs.flatMap { $0 } + $0.keys }).union(restored.keys)
    }
  }

  let step: Step
  /// The columns, in table order.
  let columns: [String]

  let saved = JSON.null

  func check(for fields: [Field]) throws(PrepError) {}

  func fates(of fields: [Field]) -> [Fate] {
    fields.map { field in
      if let type = step.restored[field.name] { return .changed(type) }
      return step.gone.contains(field.name) ? .dropped : .unchanged
    }
  }

  func made(from fields: [Field]) -> [Field] { step.made }

  func without(_ columns: [String], leaving count: Int) throws(PrepError) -> (any FittedBlock)? {
    throw PrepError(.internal, "expected all columns of a step that is taken back")
  }

  func open(_ slots: [Int], made: [Int]) -> Kernel {
    var slot: [String: Int] = [:]
    for (name, at) in zip(columns, slots) { slot[name] = at }
    for (field, at) in zip(step.made, made) { slot[field.name] = at }
    let works = step.operations.compactMap { operation -> (String, Kernel)? in
      let outputs = operation.outputs.map { names in
        names.isEmpty ? [-1] : names.map { slot[$0] ?? -1 }
      }
      let kernel = operation.open(
        operation.sources.map { slot[$0] ?? -1 }, outputs, operation.keys.map { slot[$0] ?? -1 })
      return kernel.map { (operation.column, $0) }
    }
    return { block, run in
      for (column, work) in works {
        run.column = column
        work(block, run)
      }
    }
  }
}

/// The stage of a step that leads back: it has nothing to say but that it acts.
struct Inversion: Stage {
  static let name = "invert"
  static let summary = "Takes a step back."
  static let parameters: [Parameter<Self>] = []
  var common = Common()
}
