import ArgumentParser
import DLPrep

/// How a run uses the machine and what it says.
struct RunFlags: ParsableArguments {
  /// When the progress of a run is shown.
  enum ProgressChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  @Option(help: "How many threads; default: as many as processors. The result never depends on it.")
  var threads: Int?
  @Option(
    help: ArgumentHelp(
      "Memory that a fit may take before training data go to disk: 512M, 4G; default: half of the machine.",
      valueName: "size"))
  var memory: String?
  @Option(
    help: ArgumentHelp(
      "The folder for temporary files; default: $TMPDIR or /tmp.", valueName: "folder"))
  var tempDir: String?
  @Option(
    help: ArgumentHelp(
      "Changes params.NAME or STEP.PARAMETER of the pipeline file; can be repeated.",
      valueName: "name=value"))
  var set: [String] = []
  @Option(help: "Progress on standard error: auto, always or never.")
  var progress = ProgressChoice.auto
  @Flag(help: "Says nothing but errors.")
  var quiet = false

  /// The changes to the pipeline file.
  func overrides() throws(PrepError) -> [Override] {
    var overrides: [Override] = []
    for text in set { overrides.append(try Override(text)) }
    return overrides
  }

  /// What the flags say of the run.
  func options() throws(PrepError) -> RunOptions {
    var options = RunOptions.ofMachine
    if let threads {
      guard (1...1024).contains(threads) else {
        throw PrepError(
          .usage, "expected a number from 1 to 1024, found \(threads)", at: Place(file: "--threads")
        )
      }
      options.threads = threads
    }
    if let memory { options.memory = try Size(memory).bytes }
    options.temporaryFolder = tempDir
    return options
  }

  /// The settings of a run, with what it says going to standard error.
  func settings(_ progress: Progress?) throws(PrepError) -> RunSettings {
    var settings = RunSettings()
    settings.run = try options()
    if let progress { settings.run.progress = { progress.update($0) } }
    if !quiet {
      settings.tell = { message in
        progress?.end()
        switch message {
        case .note(let text): Console.say("note: \(escapingControls(text))")
        case .warning(let text): Console.say("warning: \(escapingControls(text))")
        case .lint(let finding):
          // What is only worth a thought is for 'dlprep check' to say.
          if finding.severity == .warning { Console.say("warning: \(finding)") }
        }
      }
    }
    return settings
  }

  /// The line that shows how far a run is, where one is wanted.
  func makeProgress() -> Progress? {
    switch progress {
    case .always: Progress()
    case .never: nil
    case .auto: Console.hasTerminal && !quiet ? Progress() : nil
    }
  }
}

/// A number of bytes as people write it: 512M, 4G, 1000000.
struct Size {
  /// How many bytes.
  let bytes: Int

  init(_ text: String) throws(PrepError) {
    let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
    var digits = text.uppercased()
    if digits.hasSuffix("IB") {
      digits.removeLast(2)
    } else if digits.hasSuffix("B") {
      digits.removeLast()
    }
    let shift = digits.last.flatMap { units[$0] }
    if shift != nil { digits.removeLast() }
    let scaled = Int(digits).map { $0.multipliedReportingOverflow(by: 1 << (shift ?? 0)) }
    guard let scaled, !scaled.overflow, scaled.partialValue > 0 else {
      throw PrepError(
        .usage, "expected a size such as 512M or 4G, found '\(text)'", at: Place(file: "--memory"))
    }
    bytes = scaled.partialValue
  }
}
