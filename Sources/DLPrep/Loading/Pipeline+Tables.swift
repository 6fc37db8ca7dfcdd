extension Pipeline {
  /// How many bytes the file of a table may have that a step looks things up in.
  static let tableLimit = 64 << 20

  /// Reads the tables that steps look things up in, from the folder of the pipeline file, which
  /// ends in `/`; nil is the current one.
  mutating func readTables(from folder: String?, errors: inout [PrepError]) {
    for i in steps.indices {
      guard var stage = steps[i].stage as? any TableStage, !stage.table.isEmpty else { continue }
      do throws(PrepError) {
        let path = stage.table.hasPrefix("/") ? stage.table : (folder ?? "") + stage.table
        try stage.take(try input.referenceTable(path))
        steps[i].stage = stage
      } catch {
        // What is wrong is in another file, but this is where that one is named.
        var error = error
        if let place = error.place { error.message = "\(place): \(error.message)" }
        if error.code == .io { error.hint = "a path starts at the folder of the pipeline file" }
        error.place = steps[i].place(in: "table")
        error.record = nil
        error.step = steps[i].address
        errors.append(error)
      }
    }
  }
}

extension InputOptions {
  /// The table that a file holds, read as any table, with these null markers.
  fileprivate func referenceTable(_ path: String) throws(PrepError) -> ReferenceTable {
    let file = try InputFile(path)
    guard let size = file.size else {
      throw PrepError(.io, "expected a file, found a pipe", at: Place(file: path))
    }
    guard size <= Pipeline.tableLimit else {
      throw PrepError(
        .limit,
        "expected a table of at most \(Pipeline.tableLimit >> 20) MiB, found one of "
          + "\(size >> 20) MiB", at: Place(file: path), hint: "join such tables beforehand")
    }
    let hash = SHA256.hexadecimal(try file.readAll())
    var options = InputOptions()
    options.nullValues = nullValues
    let opened = try TableFile(path, as: nil, options, keepsPipe: true, temporaryFolder: nil)
    var run = RunOptions()
    run.admitsNoRows = true
    let result = try Pipeline().fitted(to: opened.source, run)
    let fields = try result.outputSchema().columns.map(\.field)
    let table = try result.table()
    try opened.checkUnchanged()
    let source = opened.source
    return ReferenceTable(fields, table, hash: hash) { row in
      source.place(ofRecord: row, column: nil) ?? Place(file: path)
    }
  }
}
