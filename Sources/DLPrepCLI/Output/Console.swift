import DLPrep

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the user sees: results on standard output, every write checked; messages on standard error.
enum Console {
  /// Writes a line to standard error; nobody can be told if that fails.
  static func say(_ line: String) {
    try? Descriptor(STDERR_FILENO, owned: false).write(line + "\n")
  }

  /// Writes to standard error as it stands.
  static func show(_ text: String) { try? Descriptor(STDERR_FILENO, owned: false).write(text) }

  /// Writes a text to standard output, with a line end.
  static func print(_ text: String) throws(PrepError) {
    let output = StandardOutput()
    try output.write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8))
    try output.finish()
  }

  /// Whether messages go to a person at a terminal.
  static var hasTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether input comes from a person at a keyboard.
  static var readsTerminal: Bool { isatty(STDIN_FILENO) == 1 }
}

extension Descriptor {
  fileprivate func write(_ text: String) throws(PrepError) {
    let bytes = Array(text.utf8)
    let result: Result<Void, PrepError> = unsafe bytes.withUnsafeBytes { buffer in
      do throws(PrepError) {
        return .success(unsafe try write(buffer, "-"))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }
}
