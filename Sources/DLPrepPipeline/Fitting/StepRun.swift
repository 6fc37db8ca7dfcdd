import DLPrepData

/// Steps that a column can go through without waiting for another one.
final class StepRun: Sendable {
  private let steps: [(number: Int, step: Step)]
  /// The positions of the steps that act on columns of a name, in order.
  private let named: [String: [Int]]
  /// The positions of the steps that choose by other than a list of names, in order.
  private let others: [Int]

  /// How many there are.
  var count: Int { steps.count }

  /// Takes steps with their numbers in the pipeline.
  init(_ steps: [(number: Int, step: Step)]) {
    self.steps = steps
    var named: [String: [Int]] = [:]
    var others: [Int] = []
    for (position, (_, step)) in steps.enumerated() {
      if case .names(let names)? = step.stage.columns {
        for name in names { named[name, default: []].append(position) }
      } else {
        others.append(position)
      }
    }
    (self.named, self.others) = (named, others)
  }

  /// A step with its number in the pipeline.
  subscript(position: Int) -> (number: Int, step: Step) { steps[position] }

  /// The first step from a position on that may act on a column of that name.
  func position(from start: Int, forColumn name: String) -> Int? {
    let candidates = [named[name] ?? [], others].compactMap { positions in
      let index = positions.lowerBound { $0 >= start }
      return index < positions.count ? positions[index] : nil
    }
    return candidates.min()
  }

  /// An error where a step names a column that didn't come to it.
  func checkNames(_ names: [(name: String, steps: Range<Int>)]) throws(PrepError) {
    var known: [String: [Int]] = [:]
    for (index, entry) in names.enumerated() { known[entry.name, default: []].append(index) }
    for (position, (_, step)) in steps.enumerated() {
      guard let selector = step.stage.columns else { continue }
      let isThere = selector.exactNames.allSatisfy { name in
        known[name]?.contains { index in
          names[index].steps.contains(position) && names[index].name.utf8.elementsEqual(name.utf8)
        } == true
      }
      if isThere { continue }
      let here = Set(names.filter { $0.steps.contains(position) }.map(\.name))
      let fields = here.sorted().map { Field($0, .float) }
      if let absence = selector.absences(among: fields, in: step).first { throw absence }
    }
  }
}

extension [Int] {
  /// The position of the first element of a sorted array for which a condition holds.
  fileprivate func lowerBound(_ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
