/// Everything that one run writes: all files appear whole and together, or none does.
final class RunOutputs {
  /// The files.
  let files = OutputSet()
  /// Where refused records go.
  let rejects: RejectFile?
  private let ledger: OutputFile?
  private let settings: RunSettings
  private var packed: GzipSink?
  private var standardOutput: StandardOutput?
  private var missing: () -> Int = { 0 }
  private var notes: () -> [String] = { [] }
  /// Whether the result is a matrix without what belongs beside it.
  private(set) var isMatrixOnly = false

  /// Starts the files whose names are known before anything is read.
  init(_ settings: RunSettings) throws(PrepError) {
    self.settings = settings
    rejects = if let path = settings.rejects { try RejectFile(path, in: files) } else { nil }
    ledger = if let path = settings.ledger { try files.file(path) } else { nil }
  }

  /// Opens the table or tensor that the run is about.
  func open(
    _ path: String?, _ format: Format, _ schema: OutputSchema
  ) throws(PrepError)
    -> any TableSink
  {
    let columns = schema.columns + schema.passthrough
    let file = path.flatMap { $0 == "-" ? nil : $0 }
    let folder = settings.run.temporaryFolder
    switch format.name {
    case "npy":
      let sink =
        if let file {
          try NPYSink(columns, path: file, in: files, options: schema.tensorOptions)
        } else {
          try NPYSink(
            matrixOf: columns, to: PlacedOutput(try bytes(nil), spoolIn: folder),
            options: schema.tensorOptions)
        }
      isMatrixOnly = file == nil
      missing = { sink.missingCount }
      notes = { sink.missingNotes }
      return sink
    case "safetensors":
      let sink =
        if let file {
          try SafetensorsSink(
            columns, path: file, in: files, options: schema.tensorOptions, spoolIn: folder)
        } else {
          try SafetensorsSink(
            tensorsOf: columns, to: PlacedOutput(try bytes(nil), spoolIn: folder),
            options: schema.tensorOptions, spoolIn: folder)
        }
      missing = { sink.missingCount }
      notes = { sink.missingNotes }
      return sink
    case "jsonl": return JSONLSink(columns, to: try bytes(file))
    default:
      return DelimitedSink(
        columns, to: try bytes(file), delimiter: format.name == "tsv" ? 9 : UInt8(ascii: ","),
        nullMarker: schema.nullMarker)
    }
  }

  /// Puts the outputs in place, if every record is accounted for.
  func publish(_ ledger: Ledger) throws(PrepError) {
    try ledger.checkBalance()
    try packed?.finish()
    if let file = self.ledger {
      try file.write(ledger.json(settings.run.profile).canonical(.lines))
    }
    // What went to a pipe can't be taken back, so it comes before the files.
    try standardOutput?.finish()
    let then = RunProfile.now()
    try files.publish()
    settings.run.profile?.add(.finish, since: then)
  }

  /// How many missing values became NaN in a tensor.
  var missingInTensor: Int { missing() }

  /// What to say of missing values in the arrays beside a matrix.
  var missingInArrays: [String] { notes() }

  private func bytes(_ path: String?) throws(PrepError) -> any ByteSink {
    if let path, path != "-" {
      let file = try files.file(path, isMain: true)
      guard path.lowercased().hasSuffix(".gz") else { return file }
      let sink = try GzipSink(file)
      packed = sink
      return sink
    }
    let spool = settings.spools ? try Spool(in: settings.run.temporaryFolder) : nil
    let output = StandardOutput(spooledIn: spool)
    standardOutput = output
    return output
  }
}

extension OutputSchema {
  /// What sinks of tensors have to know.
  fileprivate var tensorOptions: TensorOptions {
    var options = TensorOptions()
    options.dtype = dtype == .float64 ? .float64 : .float32
    options.classes = classes
    options.partSlot = partSlot
    options.nullMarker = nullMarker
    return options
  }
}
