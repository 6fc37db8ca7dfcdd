import DLPrep
import Testing

/// Every key of `input:` has a flag of the same name, in every command that reads a table.
struct InputFlagTests {
  @Test(arguments: ["apply", "fit", "check", "plan", "convert"])
  func everyKeyOfInputIsAFlag(_ command: String) throws {
    let help = try GoldenCase(name: "", command: "dlprep \(command) --help").run().output
    let words = Set(help.split { !($0.isLetter || $0 == "-") }.map(String.init))
    let flags = InputOptions.keys.map(\.key).flatMap { key in
      key == "bad_rows"
        ? ["--on-bad-row", "--max-bad-fraction"] : ["--" + key.replacing("_", with: "-")]
    }
    #expect(flags.count > 12)
    for flag in flags { #expect(words.contains(flag), "\(command) \(flag)") }
  }

  @Test func aFlagSaysTheSameAsItsKey() throws {
    let flags = try GoldenCase(
      name: "", command: "printf 'a;b\\n1,5;x\\n' | dlprep convert --delimiter ';' --decimal ,"
    ).run()
    #expect(flags.output == "a,b\n1.5,x\n")
  }
}
