import DLPrep
import Synchronization

/// One line on standard error that says how far a run is, from its second second on.
final class Progress: Sendable {
  private struct State {
    var shown = ContinuousClock.now
    var isShown = false
  }

  private let start = ContinuousClock.now
  private let state = Mutex(State())

  /// Takes the number of records read so far.
  func update(_ records: Int) {
    state.withLock { state in
      let now = ContinuousClock.now
      guard now - start > .seconds(1), now - state.shown > .milliseconds(200) else { return }
      state.shown = now
      state.isShown = true
      let seconds = (now - start).components.seconds
      Console.show("\r\(Self.grouped(records)) rows, \(seconds) s\u{1B}[K")
    }
  }

  /// Takes the line away.
  func end() {
    state.withLock { state in
      if state.isShown { Console.show("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  private static func grouped(_ number: Int) -> String {
    var text = ""
    for (position, digit) in String(number).reversed().enumerated() {
      if position > 0, position % 3 == 0 { text = "," + text }
      text = String(digit) + text
    }
    return text
  }
}
