import DLPrep

/// A plan for people.
struct PlanText {
  private let plan: PlannedPipeline

  init(_ plan: PlannedPipeline) { self.plan = plan }

  /// The input, the steps, and what comes out.
  func text(_ name: String) -> String {
    var text = "pipeline \(name)\n\ninput\n"
    text += table(plan.inputs)
    if plan.isOpen {
      text += "  ? columns that the schema doesn't name; the data decide\n"
    }
    for (number, step) in plan.steps.enumerated() {
      let title = step.address == step.stage ? step.stage : "\(step.address) (\(step.stage))"
      text += "\nstep \(number + 1): \(title)\(step.isTrainingOnly ? ", training rows only" : "")\n"
      var facts = TextTable()
      // What is only taken out or renamed shows below.
      let isArranged = step.actsOn.isEmpty && !(step.removes.isEmpty && step.makes.isEmpty)
      if !isArranged { facts.add("on", names(step)) }
      if !step.learns.isEmpty {
        let sweeps = step.sweeps == 1 ? "1 sweep" : "up to \(step.sweeps) sweeps"
        facts.add("learns", "\(step.learns.joined(separator: ", ")) (\(sweeps))")
      }
      if step.ignoresWeights { facts.add("ignores", "the row weights") }
      if !step.makes.isEmpty { facts.add("makes", types(step.makes)) }
      if !step.removes.isEmpty { facts.add("removes", listed(step.removes)) }
      // Where a table is served, a step for training rows has done nothing to take back.
      if !step.isTrainingOnly { facts.add("inverse", step.inverse.text) }
      text += facts.text(indent: 2)
    }
    let width = plan.output.reduce(0) { $0 + $1.field.width }
    let isOpen = plan.isOpen || plan.output.contains { !$0.isSure }
    text += "\noutput: \(counted(plan.output.count, "column"))"
    if width != plan.output.count { text += ", \(counted(width, "field")) a row" }
    text += isOpen ? ", as far as is known without data\n" : "\n"
    return text + table(plan.output)
  }

  private func table(_ columns: [PlannedPipeline.Column]) -> String {
    var table = TextTable()
    for column in columns {
      let role = column.field.role == .feature ? "" : column.field.role.rawValue
      let steps = column.field.steps.isEmpty ? "" : column.field.steps.joined(separator: " > ")
      table.add(mark(column) + escapingControls(column.field.name), type(column), role, steps)
    }
    return table.text(indent: 2)
  }

  private func names(_ step: PlannedPipeline.Step) -> String {
    let known = listed(step.actsOn.map { mark($0) + $0.field.name })
    // What the data may add is named by the selector.
    guard plan.isOpen, let selector = step.selector, known.isEmpty || selector.mayAdmitOthers
    else {
      return known.isEmpty ? "no column" : known
    }
    return known.isEmpty ? "?\(selector.text)" : "\(known), ?\(selector.text)"
  }

  private func types(_ columns: [PlannedPipeline.Column]) -> String {
    listed(columns.map { "\(mark($0))\($0.field.name): \(type($0))" })
  }

  private func type(_ column: PlannedPipeline.Column) -> String {
    guard column.isTypeKnown else { return "?" }
    if case .vector(let width?) = column.field.type { return "vector of \(width)" }
    return column.field.type.name
  }

  private func mark(_ column: PlannedPipeline.Column) -> String { column.isSure ? "" : "?" }

  private func listed(_ names: [String]) -> String {
    let some = names.prefix(12).map(escapingControls).joined(separator: ", ")
    return names.count > 12 ? "\(some) and \(names.count - 12) more" : some
  }
}

extension Selector {
  /// Whether it may choose columns that it doesn't name.
  fileprivate var mayAdmitOthers: Bool {
    switch self {
    case .names: false
    case .and(let a, let b): a.mayAdmitOthers && b.mayAdmitOthers
    case .or(let a, let b): a.mayAdmitOthers || b.mayAdmitOthers
    default: true
    }
  }
}
