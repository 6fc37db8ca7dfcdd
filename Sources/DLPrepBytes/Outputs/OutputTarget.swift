import DLPrepData

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a path of an output leads to.
struct OutputTarget {
  /// The path with symbolic links followed, so that a link stays a link.
  let path: String
  /// The permissions of the file that will be replaced; nil where there is none.
  let mode: mode_t?
  /// Whether it is a device or a pipe, which can't be replaced and is written through.
  let isWrittenThrough: Bool

  /// Follows links, and refuses what can't be replaced.
  init(_ shown: String) throws(PrepError) {
    path = try Self.resolved(shown)
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      if errno != ENOENT { throw SystemError.failure("create it", shown) }
      let folder = TemporaryFile.split(path).folder
      if !folder.isEmpty, InputFile.identity(of: folder) == nil {
        throw SystemError.failure("create it", shown, hint: "make the folder \(folder) first")
      }
      mode = nil
      isWrittenThrough = false
      return
    }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR {
      throw PrepError(
        .io, "expected a file to write to, found a folder", at: Place(file: shown),
        hint: "name a file in it")
    }
    isWrittenThrough = kind != S_IFREG
    mode = status.st_mode & 0o7777
    // Renaming would replace even a file that is protected against writing.
    if unsafe access(path, W_OK) != 0 { throw SystemError.failure("write to it", shown) }
  }

  static func resolved(_ shown: String) throws(PrepError) -> String {
    // Links such as /dev/stdout lead to a pipe that has no path.
    var status = stat()
    if unsafe stat(shown, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
      return shown
    }
    var path = shown
    for _ in 0..<40 {
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        guard let start = bytes.baseAddress else { return 0 }
        return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), bytes.count)
      }
      if count <= 0 { return path }
      let goal = String(decoding: buffer[..<count], as: UTF8.self)
      path = goal.hasPrefix("/") ? goal : TemporaryFile.split(path).folder + goal
    }
    throw PrepError(
      .io, "expected a file, found symbolic links in a circle", at: Place(file: shown))
  }
}
