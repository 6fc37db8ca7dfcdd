import DLPrep

extension RunProfile {
  /// Shows the profile on standard error.
  func show() { Console.show(ProfileText(self).text) }
}

/// The profile of a run as a table that a person can read.
struct ProfileText {
  private let profile: RunProfile

  init(_ profile: RunProfile) { self.profile = profile }

  /// Time, share, rows and bytes of each phase and step; what has nothing to show stays empty.
  var text: String {
    let lines = profile.lines
    let all = lines.reduce(0) { $0 + $1.seconds }
    var text = row("phase", "seconds", "share", "rows", "ns/row", "MB", "MB/s", "step")
    for line in lines {
      let million = Double(line.bytes) / 1e6
      let hasRows = line.rows > 0
      let hasBytes = line.bytes > 0
      text += row(
        line.phase.rawValue, fixed(line.seconds, 3),
        fixed(all > 0 ? line.seconds / all * 100 : 0, 1) + "%", hasRows ? "\(line.rows)" : "",
        hasRows ? fixed(line.seconds * 1e9 / Double(line.rows), 1) : "",
        hasBytes ? fixed(million, 1) : "",
        hasBytes && line.seconds > 0 ? fixed(million / line.seconds, 0) : "", line.step ?? "")
    }
    return text
      + "\(fixed(all, 3)) s of all threads together, \(fixed(profile.elapsed, 3)) s passed\n"
  }

  /// The phase to the left, numbers to the right under each other, the step behind them.
  private func row(_ phase: String, _ cells: String...) -> String {
    var line = phase + String(repeating: " ", count: max(0, 9 - phase.utf8.count))
    for (cell, width) in zip(cells, [9, 8, 11, 9, 10, 7]) {
      line += String(repeating: " ", count: max(1, width - cell.utf8.count)) + cell
    }
    if let step = cells.last, !step.isEmpty { line += "  " + escapingControls(step) }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  /// A number with so many digits behind the point.
  private func fixed(_ number: Double, _ digits: Int) -> String {
    let scale = digits == 0 ? 1 : digits == 1 ? 10 : 1000
    let scaled = Int((number * Double(scale)).rounded())
    guard digits > 0 else { return "\(scaled)" }
    let rest = "\(scaled % scale)"
    let zeros = String(repeating: "0", count: digits - rest.utf8.count)
    return "\(scaled / scale).\(zeros)\(rest)"
  }
}
