import ArgumentParser
import DLPrep

/// Where a result goes and what it is written as.
struct OutputFlags: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write; default: standard output.", valueName: "file"))
  var output: String?
  @Option(
    help: ArgumentHelp(
      "The output's format; default: by its name, csv on stdout.", valueName: "format"))
  var to: String?
  @Option(help: "Which rows are written: train, test or all.")
  var part = PartChoice.all
  @Flag(help: "Writes nothing to standard output before the run has succeeded.")
  var spool = false

  /// Hands over what the flags say.
  func set(_ settings: inout RunSettings) throws(PrepError) {
    settings.to = try Format.stated(to, by: "--to")
    settings.run.part = part.part
    settings.spools = spool
  }
}

/// Which rows are written.
enum PartChoice: String, ExpressibleByArgument, CaseIterable {
  case train, test, all

  /// The same for the engine.
  var part: RunOptions.Part {
    switch self {
    case .train: .train
    case .test: .test
    case .all: .all
    }
  }
}
