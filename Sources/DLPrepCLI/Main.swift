import ArgumentParser
import DLPrep

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where the program starts: runs a command, says in one line what went wrong, and ends with the
/// exit code of that.
@main
enum Main {
  static func main() {
    ProcessSetup.begin()
    let code = run(Array(CommandLine.arguments.dropFirst()))
    exit(code)
  }

  private static func run(_ arguments: [String]) -> Int32 {
    do {
      try Self.checkCommand(arguments)
      var command = try Dlprep.parseAsRoot(arguments)
      try command.run()
      return 0
    } catch let errors as PrepErrors {
      for error in errors.all { Console.say("\(error)") }
      return errors.all.first?.code.exit.rawValue ?? 1
    } catch let error as PrepError {
      if error.code == .pipe { endAsFilter() }
      Console.say("\(error.ofStandardOutput)")
      return error.code.exit.rawValue
    } catch {
      return ended(by: error)
    }
  }

  /// Help and versions go to standard output; all else is a wrong command line.
  private static func ended(by error: any Error) -> Int32 {
    if let code = error as? ExitCode { return code.rawValue }
    let message = Dlprep.fullMessage(for: error)
    if Dlprep.exitCode(for: error).isSuccess {
      do throws(PrepError) {
        try Console.print(message)
        return 0
      } catch {
        if error.code == .pipe { endAsFilter() }
        Console.say("\(error.ofStandardOutput)")
        return error.code.exit.rawValue
      }
    }
    Console.say("usage: \(Usage.oneLine(Dlprep.message(for: error), fullMessage: message))")
    return 2
  }

  /// A command that doesn't exist gets an answer that names the nearest one.
  private static func checkCommand(_ arguments: [String]) throws(PrepError) {
    guard let first = arguments.first, !first.hasPrefix("-") else { return }
    let names = Dlprep.configuration.subcommands.map { $0._commandName } + ["help"]
    if names.contains(first) { return }
    throw PrepError(
      .usage, "there is no command '\(first)'",
      hint: suggestion(for: first, among: names) ?? "there are \(names.joined(separator: ", "))")
  }

  /// Nobody reads our output any more: end as other filters do, without a word.
  private static func endAsFilter() -> Never {
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
    exit(0)
  }
}

extension PrepError {
  /// The error with standard output by its name: `-` could be standard input as well.
  fileprivate var ofStandardOutput: PrepError {
    guard code == .io, place?.file == "-", message.contains("write") else { return self }
    var error = self
    error.place = Place(file: "standard output")
    return error
  }
}
