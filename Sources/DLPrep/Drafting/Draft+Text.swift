extension Draft {
  /// The draft as a pipeline file.
  var text: String {
    var text = "# A draft from \(plainTable): \(Self.counted(rows, "row")), "
    text += "\(Self.counted(columns.count, "column")).\n"
    text += "# Read it and change what is wrong; what is a guess says so. Then:\n#\n"
    text += "#   dlprep fit PIPELINE.yaml \(plainTable) -o \(name).dlprep\n"
    text += "dlprep: 1\nname: \(PipelineFile.scalar(name))\n"
    if !input.isEmpty { text += "\n\(input)" }
    text += schema
    text += split
    let steps = steps
    text += steps.isEmpty ? "\nsteps: []\n" : "\nsteps:\n"
    text += steps.map(Self.text).joined(separator: "\n")
    if !ignored.isEmpty {
      text += "\n" + ignored.map { "# \($0.reason)\n" }.joined()
      text += "lints: {ignore: [\(ignored.map(\.lint).joined(separator: ", "))]}\n"
    }
    return text
  }

  /// The table's name, safe in a comment.
  private var plainTable: String {
    let plain = table.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.isASCII && $0.value > 32
    }
    return plain ? table : "DATA"
  }

  private var schema: String {
    let isLong = columns.count > Self.mostSchemaColumns
    let shown = isLong ? columns.filter { $0.role != .feature } : columns
    var text = "\n"
    if target == nil {
      text += "# No column is the target: give the one to predict role: target.\n"
    }
    if isLong {
      text += "# The types of the other columns are found out by every fit.\n"
      if shown.isEmpty { return text }
    }
    text += "schema:\n  columns:\n"
    let entries = shown.map { column in
      var keys: [String] = []
      if let type = column.type { keys.append("type: \(type)") }
      if column.role != .feature { keys.append("role: \(column.role.rawValue)") }
      return (
        PipelineFile.scalar(column.name) + ":", "{\(keys.joined(separator: ", "))}", column.comment
      )
    }
    let names = min(24, entries.map(\.0.count).max() ?? 0)
    let values = min(36, entries.map(\.1.count).max() ?? 0)
    for (name, value, comment) in entries {
      let line = "    \(name.padded(to: names)) \(value)"
      text += comment.isEmpty ? line : "\(line.padded(to: 5 + names + values))  # \(comment)"
      text += "\n"
    }
    return text
  }

  private var split: String {
    guard splits else { return "" }
    let key = group.map { "key: \(PipelineFile.scalar($0.name)), " } ?? ""
    return "\n# A fifth of the rows tests; no step learns from them.\n"
      + "split: {method: hash, \(key)test: 0.2}\n"
  }

  private static func text(_ step: DraftedStep) -> String {
    let lines = PipelineFile.text(.list([step.node])).split(separator: "\n")
    return (step.reasons.map { "# \($0)" } + lines.map(String.init)).map { "  \($0)\n" }.joined()
  }

  private static func counted(_ count: Int, _ word: String) -> String {
    "\(count.grouped) \(word)\(count == 1 ? "" : "s")"
  }
}

extension String {
  /// With spaces behind it, to a number of characters.
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
