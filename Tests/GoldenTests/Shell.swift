#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Runs shell scripts with the freshly built program in their path.
enum Shell {
  /// The program, built beside the tests.
  static let binary: String = {
    if let set = unsafe getenv("DLPREP_BINARY") { return unsafe String(cString: set) }
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
    if count > 0 {
      let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let beside = Files.parent(of: path, levels: 1) + "/dlprep"
      if unsafe access(beside, X_OK) == 0 { return beside }
    }
    return GoldenCase.package + "/.build/debug/dlprep"
  }()

  /// Runs a script with `sh` in a folder; its output goes to `out` and `err` beside the script.
  /// - Returns: the exit code, or 128 and the signal.
  static func run(_ script: String, in folder: String, scratch: String) -> Int {
    let line =
      "cd '\(folder)' && PATH='\(scratch)/bin':$PATH sh '\(script)' "
      + ">'\(scratch)/out' 2>'\(scratch)/err' </dev/null"
    return status(spawn("/bin/sh", ["sh", "-c", line]))
  }

  /// Removes a folder and all in it.
  static func remove(_ folder: String) { _ = spawn("/bin/rm", ["rm", "-rf", folder]) }

  private static func spawn(_ path: String, _ arguments: [String]) -> Int32 {
    var process: pid_t = 0
    let settings = [
      "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "SWIFT_BACKTRACE=enable=no",
    ]
    let texts = unsafe (arguments + settings).map { unsafe strdup($0) }
    defer { for i in unsafe texts.indices { unsafe free(texts[i]) } }
    var argv = unsafe Array(texts[..<arguments.count]) + [nil]
    var envp = unsafe Array(texts[arguments.count...]) + [nil]
    // Other tests of this process ignore SIGPIPE; a shell's children need it as a terminal has it.
    var attributes = posix_spawnattr_t()
    var signals = sigset_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let failed = unsafe posix_spawn(&process, path, nil, &attributes, &argv, &envp)
    guard failed == 0 else { return -1 }
    var result: Int32 = 0
    while unsafe waitpid(process, &result, 0) < 0, errno == EINTR {}
    return result
  }

  private static func status(_ result: Int32) -> Int {
    let signal = result & 0x7F
    return signal == 0 ? Int(result >> 8) & 0xFF : 128 + Int(signal)
  }
}
