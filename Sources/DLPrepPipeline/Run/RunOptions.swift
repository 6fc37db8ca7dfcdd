public import DLPrepData

/// How a run uses the machine, and what of its rows it writes.
public struct RunOptions: Sendable {
  /// Which rows are written.
  public enum Part: String, Sendable, CaseIterable {
    case train
    case test
    case all
  }

  /// How many workers.
  public var threads = 1
  /// How many bytes a fit may take in memory before training data go to disk.
  public var memory = 1 << 30
  /// Where temporary files go.
  public var temporaryFolder: String?
  /// Which rows are written.
  public var part = Part.all
  /// Where refused records go; they are counted in any case.
  public var rejects: (any RejectSink)?
  /// Whether the fit takes down what the training data look like, for `drift` and `inspect`.
  public var takesProfile = false
  /// Whether the types of columns that no step asks for matter, as for an artifact or numbers.
  public var needsTypes = true
  /// Whether the result is a table in text, where such columns stand as they were read.
  public var writesText = false
  /// Whether a fit may see no row at all: where types are all that is learned.
  package var admitsNoRows = false
  /// Where it is taken down what the run spends its time on.
  public var profile: RunProfile?
  /// Called now and then with the number of records read.
  public var progress: (@Sendable (Int) -> Void)?

  /// One worker, a gigabyte.
  public init() {}

  /// What the training data may take of the memory: all but the room that the workers need for the
  /// blocks that they read, learn from and write.
  var cacheBytes: Int { memory - min(memory / 2, (48 + 24 * max(1, threads)) << 20) }
}
