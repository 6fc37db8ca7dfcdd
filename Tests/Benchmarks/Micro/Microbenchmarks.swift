import DLPrep

/// What each hot part costs on its own, so that a regression is visible where it happens.
///
///     swift build -c release --static-swift-stdlib --product microbenchmarks
///     .build/release/microbenchmarks                    # all parts, under a minute
///     .build/release/microbenchmarks rows MODEL CSV     # one row at a time through the library
@main
enum Microbenchmarks {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.count == 3, arguments[0] == "rows" {
      return try RowByRow(model: arguments[1], table: arguments[2]).run()
    }
    guard arguments.isEmpty else {
      print("usage: microbenchmarks [rows MODEL CSV]")
      return
    }
    print("best of several runs, one thread")
    Scanning().run()
    Dictionaries().run()
    let sample = try SampleTable(rows: 500_000)
    try Steps(sample).run()
    try Writing(sample).run()
    try Loading().run()
  }
}
