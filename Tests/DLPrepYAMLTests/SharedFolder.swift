#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The folder of odd inputs that lies beside the package on some machines.
enum SharedFolder {
  /// Its path without a slash at the end, or nil (noted on standard output) where there is none.
  static func path(_ inside: String) -> String? {
    var candidates: [String] = []
    if let set = unsafe getenv("DLPREP_SHARED") { candidates.append(unsafe String(cString: set)) }
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    candidates += ["/\(root)/../shared", "/\(root)/../../shared"]
    for folder in candidates where unsafe access("\(folder)/\(inside)", R_OK) == 0 {
      return "\(folder)/\(inside)"
    }
    print("skipped: no shared/\(inside) beside the package, and DLPREP_SHARED doesn't name it")
    return nil
  }
}
