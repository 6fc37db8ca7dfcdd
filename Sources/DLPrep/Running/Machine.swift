#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What this machine has to offer.
public enum Machine {
  /// How many threads run at a time.
  public static var processors: Int { Workers.processors }

  /// How many bytes of memory this process may use: those of the machine, or the control group's.
  public static var memory: Int {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let size = sysconf(Int32(_SC_PAGESIZE))
    var bytes = pages > 0 && size > 0 ? Int(pages) * Int(size) : 1 << 31
    for path in ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"] {
      if let limit = number(in: path), limit > 0 { bytes = min(bytes, limit) }
    }
    return bytes
  }

  private static func number(in path: String) -> Int? {
    guard let text = try? InputFile(path).readAll(limit: 1 << 12) else { return nil }
    return Int(String(decoding: text.prefix { $0 != 10 }, as: UTF8.self))
  }
}
