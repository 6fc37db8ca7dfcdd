package import DLPrepData

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a failed system call says, as one of our errors.
package enum SystemError {
  /// The text of an `errno`, in lower case, for example `no such file or directory`.
  package static func text(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    let failed = unsafe strerror_r(code, &buffer, buffer.count) != 0
    let end = buffer.firstIndex(of: 0) ?? buffer.count
    let text =
      failed
      ? "error \(code)"
      : String(decoding: buffer[..<end].map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// An `io` error: what was tried, and why it failed.
  package static func failure(
    _ action: String,
    _ path: String,
    code: Int32 = errno,
    hint: String? = nil
  ) -> PrepError {
    PrepError(
      .io,
      "can't \(action): \(text(code))",
      at: Place(file: path),
      hint: hint ?? self.hint(code)
    )
  }

  /// What usually helps.
  private static func hint(_ code: Int32) -> String? {
    switch code {
    case ENOENT: "check the path; a relative one starts at the current folder"
    case EACCES, EPERM: "check the permissions of the file and its folder"
    case ENOSPC, EDQUOT: "free some space, or write to another disk"
    case EFBIG: "raise the file size limit (ulimit -f), or write elsewhere"
    case EMFILE: "raise the limit of open files (ulimit -n)"
    case EROFS: "the disk is mounted read-only: write elsewhere"
    default: nil
    }
  }
}
