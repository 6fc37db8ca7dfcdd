import DLPrep

/// How what two fitted pipelines have learned differs.
struct FittedDifference {
  /// A line for each difference; empty where there is none.
  let text: String

  init(_ old: FittedPipeline, _ new: FittedPipeline) {
    var lines: [String] = []
    if old.trainingRows != new.trainingRows {
      lines.append("training rows: \(old.trainingRows) -> \(new.trainingRows)")
    }
    for input in old.inputs {
      guard let other = new.inputs.first(where: { $0.name == input.name }) else {
        lines.append("input '\(input.name)': gone")
        continue
      }
      if input.type != other.type {
        lines.append(
          "input '\(input.name)': \(input.type.dataType.name) -> \(other.type.dataType.name)")
      }
    }
    for input in new.inputs where !old.inputs.contains(where: { $0.name == input.name }) {
      lines.append("input '\(input.name)': new")
    }
    for step in new.steps {
      if let before = old.steps.first(where: { $0.address == step.address }) {
        lines += Self.differences(before, step)
      }
    }
    text = lines.map { escapingControls($0) + "\n" }.joined()
  }

  private static func differences(_ old: FittedStep, _ new: FittedStep) -> [String] {
    let before = LearnedValues.of(old)
    let after = LearnedValues.of(new)
    var lines: [String] = []
    for entry in before where !after.contains(where: { $0.column == entry.column }) {
      lines.append("step '\(old.address)', column '\(entry.column)': gone")
    }
    for entry in after {
      let owner = "step '\(new.address)', column '\(entry.column)'"
      guard let other = before.first(where: { $0.column == entry.column }) else {
        lines.append("\(owner): new")
        continue
      }
      for (key, text) in entry.values {
        let was = other.values.first { $0.key == key }?.text ?? "nothing"
        if was != text { lines.append("\(owner): \(key) \(was) -> \(text)") }
      }
    }
    return lines
  }
}
