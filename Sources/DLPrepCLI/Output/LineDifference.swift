import DLPrep

/// How two texts differ, line by line.
struct LineDifference {
  private let old: [Substring]
  private let new: [Substring]

  init(_ old: String, _ new: String) {
    self.old = old.split(separator: "\n")
    self.new = new.split(separator: "\n")
  }

  /// Whether there is no difference.
  var isEmpty: Bool { old == new }

  /// Lines that are gone with `-`, new ones with `+`, and up to two of those around them.
  func text(from oldName: String, to newName: String) -> String {
    let changes = new.difference(from: old)
    var gone: Set<Int> = []
    var come: Set<Int> = []
    for change in changes {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): come.insert(offset)
      }
    }
    var lines: [(sign: Character, line: Substring)] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, gone.contains(i) {
        lines.append(("-", old[i]))
        i += 1
      } else if j < new.count, come.contains(j) {
        lines.append(("+", new[j]))
        j += 1
      } else {
        lines.append((" ", i < old.count ? old[i] : new[j]))
        i += 1
        j += 1
      }
    }
    let changed = lines.indices.filter { lines[$0].sign != " " }
    var text = "--- \(oldName)\n+++ \(newName)\n"
    var last = -1
    for (position, line) in lines.enumerated()
    where changed.contains(where: { abs($0 - position) <= 2 }) {
      if last >= 0, position > last + 1 { text += "...\n" }
      text += "\(line.sign)\(escapingControls(String(line.line)))\n"
      last = position
    }
    return text
  }
}
