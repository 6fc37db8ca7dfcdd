import CDLPrepScan
import DLPrepData

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What stood in an output's place, kept under another name until all outputs are in place.
struct Aside {
  private let target: String
  private let kept: String?
  private let wasAbsent: Bool
  private let slot: Int32

  /// Keeps what is there.
  ///
  /// By a second name where it will be replaced, by moving it where it will be gone. On a file system without second names nothing can be kept.
  init(_ target: String, moving: Bool, shown: String) throws(PrepError) {
    self.target = target
    let (folder, name) = TemporaryFile.split(target)
    let number = String(UInt32.random(in: .min ... .max), radix: 36)
    let path = folder + TemporaryFile.prefix(name) + "\(getpid())-\(number)"
    let failed = unsafe moving ? rename(target, path) != 0 : link(target, path) != 0
    wasAbsent = failed && errno == ENOENT
    if failed, moving, !wasAbsent { throw SystemError.failure("remove it", shown) }
    kept = failed ? nil : path
    // A moved file is the only one there is: a signal must not remove it.
    slot = unsafe failed || moving ? -1 : dlp_temps_add(path)
  }

  /// Puts back what was there; where there was nothing, nothing is there again.
  func restore() {
    if let kept {
      _ = unsafe rename(kept, target)
    } else if wasAbsent {
      _ = unsafe unlink(target)
    }
    dlp_temps_remove(slot)
  }

  /// Lets go of it.
  func forget() {
    if let kept { _ = unsafe unlink(kept) }
    dlp_temps_remove(slot)
  }
}
