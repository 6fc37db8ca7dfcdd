import DLPrep

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Runs a piece of work some times and prints what the quickest run cost for each of its values.
func measure(
  _ name: String, values: Int, unit: String = "value", bytes: Int = 0, times: Int = 5,
  _ work: () throws -> Void
) rethrows {
  var best = UInt64.max
  for _ in 0..<times {
    let start = nanoseconds()
    try work()
    best = min(best, nanoseconds() - start)
  }
  show(name, Double(best), values: values, unit: unit, bytes: bytes)
}

/// Prints a line: nanoseconds for each value, and gigabytes a second where bytes went through.
func show(_ name: String, _ nanoseconds: Double, values: Int, unit: String, bytes: Int = 0) {
  let each = rounded(nanoseconds / Double(max(1, values)))
  var line = name + String(repeating: " ", count: max(1, 44 - name.utf8.count))
  line += String(repeating: " ", count: max(0, 10 - each.utf8.count)) + each + " ns/" + unit
  if bytes > 0 { line += "   \(rounded(Double(bytes) / nanoseconds)) GB/s" }
  print(line)
}

/// A number with two digits behind the point.
private func rounded(_ number: Double) -> String {
  let hundredths = Int((number * 100).rounded())
  let rest = "\(hundredths % 100)"
  return "\(hundredths / 100).\(rest.utf8.count < 2 ? "0" : "")\(rest)"
}

/// The clock.
func nanoseconds() -> UInt64 {
  var time = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Numbers that are the same in every run (splitmix64).
struct Draw {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The next number.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next number below a limit, small ones more often than large ones.
  mutating func rank(below limit: Int) -> Int {
    let share = Double(next() >> 11) * 0x1p-53
    return min(limit - 1, Int(Double(limit) * share * share * share))
  }
}
