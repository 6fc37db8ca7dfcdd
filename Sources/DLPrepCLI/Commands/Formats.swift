import ArgumentParser
import DLPrep

/// The command `dlprep formats`.
struct Formats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats",
    abstract: "Lists the formats that are read and written.",
    discussion: """
      gzip is read by igzip where its library is installed (Debian: libisal2), which
      is two to three times as quick as zlib. DLPREP_GZIP=zlib in the environment
      chooses zlib all the same.

      Example:
        dlprep formats | grep tensor
      """)

  func run() throws {
    var table = TextTable()
    for format in Format.all {
      let use = [format.reads ? "read" : nil, format.writes ? "write" : nil].compactMap(\.self)
      let endings = format.extensions.map { ".\($0)" }.joined(separator: " ")
      table.add(
        format.name, use.joined(separator: ", "), endings, format.isTensor ? "tensor" : "table",
        format.summary)
    }
    let packings = Format.compressions.map { ".\($0)" }.joined(separator: ", ")
    try Console.print(
      table.text()
        + "Packed input (\(packings)) is told by its content; a table whose name ends so is packed.\n"
        + "gzip is read by \(Format.gzipLibrary).\n"
    )
  }
}
