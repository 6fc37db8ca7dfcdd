import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The program as its users meet it.
///
/// Each case is a folder with a command, what it reads, and all that comes out. `RECORD=1 swift test --filter GoldenTests` writes the expectations anew.
struct GoldenTests {
  @Test(arguments: GoldenCase.all) func saysAndWritesWhatItDid(_ golden: GoldenCase) throws {
    let found = try golden.run()
    if GoldenCase.records {
      try golden.record(found)
      return
    }
    let expected = try golden.expected()
    #expect(found.code == expected.code, "exit code\n\(found.errors)")
    #expect(found.errors == expected.errors, "standard error")
    #expect(found.output == expected.output, "standard output")
    #expect(found.files == expected.files, "files left")
  }

  @Test func everyCommandHasACase() throws {
    let commands = GoldenCase.all.map(\.command)
    for name in [
      "apply", "fit", "check", "plan", "init", "convert", "inspect", "diff", "stages", "formats",
    ] {
      #expect(commands.contains { $0.contains("dlprep \(name)") }, "\(name)")
      #expect(commands.contains { $0.contains("dlprep \(name) --help") }, "help of \(name)")
    }
  }
}
