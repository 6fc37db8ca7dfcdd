import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where the time of a run goes: seconds, rows and bytes by phase and step.
///
/// Seconds are those of all workers together, waiting included, so that with two threads they come
/// to twice the time that has passed. Reading the clock some dozen times a block costs nothing
/// that could be measured.
public final class RunProfile: Sendable {
  /// A part of the work.
  public enum Phase: String, Sendable, CaseIterable {
    /// Reading the pipeline or the artifact.
    case load
    /// Waiting for another worker: to read, or to write in order.
    case wait
    /// Reading bytes, unpacking them, finding where fields end.
    case read
    /// Making numbers, dates and categories of fields.
    case parse
    /// Taking down what the training data look like.
    case describe
    /// Answering what a step asks, and applying it to the training rows.
    case learn
    /// Running a step on blocks.
    case step
    /// Putting cached columns together for writing.
    case assemble
    /// Making the bytes of the output.
    case encode
    /// Writing them.
    case write
    /// Ending the output: headers, maps, renaming.
    case finish
  }

  /// What was spent on one phase, or on one step in it.
  public struct Line: Sendable, Equatable {
    /// The part of the work.
    public var phase: Phase
    /// The step's address, in the phases that have steps.
    public var step: String?
    /// Seconds of all workers together.
    public var seconds: Double
    /// How many rows went through.
    public var rows: Int
    /// How many bytes were read or made.
    public var bytes: Int
  }

  struct Key: Hashable {
    var phase: Phase
    var step: Int?
  }

  struct Amount {
    var nanoseconds: UInt64 = 0
    var rows = 0
    var bytes = 0
  }

  private struct Totals {
    var amounts: [Key: Amount] = [:]
    var steps: [String] = []
  }

  private let totals = Mutex(Totals())
  private let start = RunProfile.now()

  /// A profile of what comes from now on.
  public init() {}

  /// Seconds since it began.
  public var elapsed: Double { Double(Self.now() - start) / 1e9 }

  /// Takes down that all since the beginning was loading.
  public func addLoading() { add(.load, since: start) }

  /// Takes down that a phase which ran alone took from then till now.
  package func add(_ phase: Phase, since then: UInt64) {
    add([Key(phase: phase, step: nil): Amount(nanoseconds: Self.now() - then)])
  }

  /// The clock, in nanoseconds.
  package static func now() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Adds what a worker has taken down.
  func add(_ amounts: [Key: Amount]) {
    totals.withLock { totals in
      for (key, more) in amounts {
        totals.amounts[key, default: Amount()].nanoseconds += more.nanoseconds
        totals.amounts[key, default: Amount()].rows += more.rows
        totals.amounts[key, default: Amount()].bytes += more.bytes
      }
    }
  }

  /// Says what the steps are called.
  func name(_ steps: [String]) { totals.withLock { $0.steps = steps } }

  /// All of it, in the order of the work.
  public var lines: [Line] {
    let (amounts, steps) = totals.withLock { ($0.amounts, $0.steps) }
    let order = Dictionary(uniqueKeysWithValues: zip(Phase.allCases, 0...))
    return amounts.sorted { a, b in
      (order[a.key.phase] ?? 0, a.key.step ?? -1) < (order[b.key.phase] ?? 0, b.key.step ?? -1)
    }.map { key, amount in
      Line(
        phase: key.phase, step: key.step.map { $0 < steps.count ? steps[$0] : "\($0)" },
        seconds: Double(amount.nanoseconds) / 1e9, rows: amount.rows, bytes: amount.bytes)
    }
  }
}

/// One worker's stop watch: what has passed since the last lap goes to a phase.
package final class StopWatch {
  private let profile: RunProfile?
  private var amounts: [RunProfile.Key: RunProfile.Amount] = [:]
  private var last: UInt64 = 0

  /// A watch that starts now; without a profile it does nothing.
  package init(_ profile: RunProfile?) {
    self.profile = profile
    if profile != nil { last = RunProfile.now() }
  }

  /// Whether anyone wants to know.
  package var isRunning: Bool { profile != nil }

  /// Ends a lap.
  package func lap(_ phase: RunProfile.Phase, step: Int? = nil, rows: Int = 0, bytes: Int = 0) {
    guard isRunning else { return }
    let now = RunProfile.now()
    let key = RunProfile.Key(phase: phase, step: step)
    amounts[key, default: RunProfile.Amount()].nanoseconds += now - last
    amounts[key, default: RunProfile.Amount()].rows += rows
    amounts[key, default: RunProfile.Amount()].bytes += bytes
    last = now
  }

  /// Hands all laps over.
  package func stop() {
    profile?.add(amounts)
    amounts = [:]
  }
}
