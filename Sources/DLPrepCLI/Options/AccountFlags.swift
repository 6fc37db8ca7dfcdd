import ArgumentParser
import DLPrep

/// What a run writes about its records.
struct AccountFlags: ParsableArguments {
  @Option(help: ArgumentHelp("A file for the records that were refused.", valueName: "file"))
  var rejects: String?
  @Option(help: ArgumentHelp("A file for the account of all records, as JSON.", valueName: "file"))
  var ledger: String?
  @Flag(help: "Shows where the time went, by phase and step, and puts it into --ledger.")
  var profile = false

  /// A profile that starts now, where one is wanted.
  func makeProfile() -> RunProfile? { profile ? RunProfile() : nil }

  /// Hands over what the flags say.
  func set(_ settings: inout RunSettings, _ profile: RunProfile?) {
    settings.run.profile = profile
    settings.rejects = rejects
    settings.ledger = ledger
  }
}
