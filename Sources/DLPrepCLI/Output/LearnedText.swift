import DLPrep

/// What a fitted pipeline has learned, for people.
struct LearnedText {
  private let fitted: FittedPipeline

  init(_ fitted: FittedPipeline) { self.fitted = fitted }

  /// The input, what each step has learned, and what the training data looked like.
  func text(_ path: String) throws(PrepError) -> String {
    var text = "\(path): pipeline \(fitted.pipeline.name), "
    text += "fitted on \(counted(fitted.trainingRows, "training row"))\n"
    text += "pipeline SHA-256 \(fitted.pipeline.fingerprint)\n\ninput\n"
    var inputs = TextTable()
    for input in fitted.inputs {
      inputs.add(
        escapingControls(input.name),
        input.type.dataType.name + (input.isInferred ? " (inferred)" : ""),
        input.role == .feature ? "" : input.role.rawValue)
    }
    text += inputs.text(indent: 2)
    for (number, step) in fitted.steps.enumerated() {
      let stage = type(of: step.stage).name
      let title = step.address == stage ? stage : "\(step.address) (\(stage))"
      text += "\nstep \(number + 1): \(title)\n"
      if let encodings = encodings(step) {
        text += encodings
        continue
      }
      let learned = LearnedValues.of(step)
      var table = TextTable()
      for entry in learned { table.add(escapingControls(entry.column), entry.text) }
      text += learned.isEmpty ? "  nothing\n" : table.text(indent: 2)
    }
    if !fitted.profile.isEmpty { text += "\ntraining data\n" + profile().text(indent: 2) }
    return text
  }

  /// Encodings by category, a table for each column; nil for any other step.
  private func encodings(_ step: FittedStep) -> String? {
    guard case .columns(let columns) = step.work, !columns.isEmpty else { return nil }
    var text = ""
    for column in columns {
      guard let encodings = LearnedEncodings(column.saved) else { return nil }
      text += "  \(escapingControls(column.column))\n" + encodings.text(indent: 4)
    }
    return text
  }

  private func profile() -> TextTable {
    var table = TextTable()
    table.add("column", "rows", "missing", "what")
    for column in fitted.profile {
      var facts: [String] = []
      if let low = column.minimum, let high = column.maximum { facts.append("\(low) to \(high)") }
      if let mean = column.mean { facts.append("mean \(mean)") }
      if let deviation = column.deviation { facts.append("sd \(deviation)") }
      for (i, share) in column.shares.prefix(5).enumerated() {
        let name = String(decoding: column.categories[i], as: UTF8.self)
        facts.append("\(escapingControls(name)) \(Self.percent(share))")
      }
      if column.shares.count > 5 { facts.append("...") }
      table.add(
        escapingControls(column.column), "\(column.count)", "\(column.missing)",
        facts.joined(separator: ", "))
    }
    return table
  }

  private static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
