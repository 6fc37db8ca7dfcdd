import CDLPrepScan
import DLPrepData
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file beside its target that a signal, an error or the next run removes.
final class TemporaryFile: Sendable {
  /// Where it lies.
  let path: String
  let descriptor: Descriptor
  private let slot: Int32
  private let isGone = Mutex(false)

  /// Makes an empty file `.NAME.dlprep-PID-RANDOM` beside a target; `shown` is the name for errors.
  init(beside target: String, mode: mode_t?, shown: String) throws(PrepError) {
    let (folder, name) = TemporaryFile.split(target)
    while true {
      let number = UInt32.random(in: .min ... .max)
      let candidate = folder + Self.prefix(name) + "\(getpid())-\(String(number, radix: 36))"
      let opened = unsafe open(candidate, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if opened >= 0 {
        descriptor = Descriptor(opened, owned: true)
        path = candidate
        break
      }
      if errno != EEXIST, errno != EINTR { throw SystemError.failure("create it", shown) }
    }
    slot = unsafe dlp_temps_add(path)
    // Held as long as the file is open, so that a sweep can tell that someone still writes to it.
    _ = flock(descriptor.number, LOCK_EX | LOCK_NB)
    if let mode { _ = fchmod(descriptor.number, mode) }
  }

  deinit { remove() }

  /// Gives it its final name.
  func rename(to target: String, shown: String) throws(PrepError) {
    if Self.systemRename(path, target) != 0 {
      throw SystemError.failure("put it in place", shown)
    }
    isGone.withLock { $0 = true }
    dlp_temps_remove(slot)
  }

  /// Removes it, unless it has become a target.
  func remove() {
    isGone.withLock { gone in
      if gone { return }
      gone = true
      _ = unsafe unlink(path)
      dlp_temps_remove(slot)
    }
  }

  private static func systemRename(_ from: String, _ to: String) -> Int32 {
    #if canImport(Glibc)
    unsafe Glibc.rename(from, to)
    #else
    unsafe Darwin.rename(from, to)
    #endif
  }

  /// The folder of a path, with its slash (empty where there is none), and the name in it.
  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }

  /// What the names of all temporary files for a target begin with; names may have 255 bytes.
  static func prefix(_ name: String) -> String {
    var short = name
    while short.utf8.count > 200 { short.removeLast() }
    return ".\(short).dlprep-"
  }

  /// Removes what runs that no longer exist have left beside a target.
  static func sweep(beside target: String) {
    let (folder, name) = split(target)
    guard let directory = unsafe opendir(folder.isEmpty ? "." : folder) else { return }
    defer { unsafe closedir(directory) }
    let prefix = Array(prefix(name).utf8)
    while let entry = unsafe readdir(directory) {
      let found = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
        unsafe Array($0.prefix { $0 != 0 })
      }
      guard found.starts(with: prefix) else { continue }
      let rest = String(decoding: found[prefix.count...], as: UTF8.self)
      guard let dash = rest.firstIndex(of: "-"), let process = pid_t(rest[..<dash]), process > 0,
        kill(process, 0) == -1, errno == ESRCH
      else { continue }
      // In a container, a process that seems gone may live outside; its lock shows.
      let path = folder + String(decoding: found, as: UTF8.self)
      let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      if file < 0 { continue }
      if flock(file, LOCK_EX | LOCK_NB) == 0 { _ = unsafe unlink(path) }
      _ = close(file)
    }
  }
}
