extension RunProfile {
  /// The profile as it stands in the ledger: seconds since the start, and each phase and step.
  var json: JSON {
    let phases = lines.map { line in
      var members = [
        JSON.Member("phase", .text(line.phase.rawValue)),
        JSON.Member("seconds", .number(line.seconds)),
        JSON.Member("rows", .integer(Int64(line.rows))),
        JSON.Member("bytes", .integer(Int64(line.bytes))),
      ]
      if let step = line.step { members.append(.init("step", .text(step))) }
      return JSON.object(members)
    }
    return .object([.init("seconds", .number(elapsed)), .init("phases", .array(phases))])
  }
}
