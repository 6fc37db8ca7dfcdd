extension Job {
  /// Refuses outputs that would take the place of what the run reads, or of each other.
  ///
  /// Files are compared, not names: links and other spellings lead to the same one. Nothing is
  /// written before.
  func checkPaths(
    reading table: String, model: String? = nil, writing output: String?, _ format: Format?
  ) throws(PrepError) {
    var inputs: [(name: String, what: String, place: FilePlace?)] = settings.sources.map {
      ($0, "the pipeline", $0 == "-" ? .ofStandardInput : FilePlace($0))
    }
    inputs.append((table, "the table", table == "-" ? .ofStandardInput : FilePlace(table)))
    var outputs: [(name: String, place: FilePlace?)] = []
    if format != nil {
      let path = output.flatMap { $0 == "-" ? nil : $0 }
      outputs.append((path ?? "standard output", path.map { FilePlace($0) } ?? .ofStandardOutput))
      if let path, let format {
        outputs += format.sidecars(of: path).map { ($0, FilePlace($0)) }
      }
    }
    let files = [model, settings.rejects, settings.ledger].compactMap { $0 }
    if files.contains("-") {
      throw PrepError(
        .usage, "expected a file to write to, found '-'",
        hint: "only the table goes to standard output by that name; /dev/stdout is a file, too")
    }
    outputs += files.map { ($0, FilePlace($0)) }
    var seen: [FilePlace: String] = [:]
    for output in outputs {
      guard let place = output.place else { continue }
      if let input = inputs.first(where: { $0.place == place }) {
        let other = input.name == output.name || input.name == "-" ? "" : ", '\(input.name)'"
        throw PrepError(
          .usage, "expected an output that isn't read, found \(input.what)\(other)",
          at: Place(file: output.name), hint: "write to another file")
      }
      if let other = seen.updateValue(output.name, forKey: place) {
        let names =
          other == output.name
          ? "'\(other)' twice" : "one file called '\(other)' and '\(output.name)'"
        throw PrepError(
          .usage, "expected each output once, found \(names)",
          hint: "give every output a file of its own")
      }
    }
    for path in files + [output].compactMap(\.self) where path != "-" {
      try FilePlace.checkOutput(path)
    }
  }
}
