import ArgumentParser
import DLPrep

/// What a run writes about its records.
struct AccountFlags: ParsableArguments {
  @Option(help: ArgumentHelp("A file for the records that were refused.", valueName: "file"))
  var rejects: String?
  @Option(help: ArgumentHelp("A file for the account of all records, as JSON.", valueName: "file"))
  var ledger: String?

  /// Hands over what the flags say.
  func set(_ settings: inout RunSettings) {
    settings.rejects = rejects
    settings.ledger = ledger
  }
}
