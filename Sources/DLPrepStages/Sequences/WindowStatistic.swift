import DLPrepData
public import DLPrepPipeline

/// What is made of the numbers in a window.
public enum WindowStatistic: String, Sendable, CaseIterable, ParameterValue {
  case mean
  case std
  case min
  case max
  case sum
  case median
  case count
}

/// What is made of all numbers so far.
public enum RunningStatistic: String, Sendable, CaseIterable, ParameterValue {
  case mean
  case std
  case min
  case max
  case sum
  case count

  /// Whether it goes by exact sums.
  var needsSums: Bool { self == .mean || self == .std || self == .sum }
}

/// Which end of a window belongs to it.
public enum WindowEnd: String, Sendable, CaseIterable, ParameterValue {
  /// The rows before the current one, without it.
  case left
  /// The current row and those before it.
  case right
}

extension Stage {
  /// Refuses an empty list and one that says a thing twice.
  func requireDifferent<Value: RawRepresentable<String>>(
    _ statistics: [Value]
  ) throws(PrepError) {
    let names = statistics.map(\.rawValue)
    if names.isEmpty {
      throw PrepError(.value, "'statistics': expected at least one, found an empty list")
    }
    if let twice = names.enumerated().first(where: { names[..<$0].contains($1) })?.element {
      throw PrepError(.value, "'statistics': expected each once, found '\(twice)' twice")
    }
  }
}
