/// Patterns for column names: globs with `*` and `?`, and regular expressions.
///
/// Both compare Unicode scalars, never Characters: a name is what its bytes say.
enum NamePattern {
  /// Whether a name matches a glob, from its start to its end.
  static func glob(_ pattern: String, matches name: String) -> Bool {
    let pattern = Array(pattern.unicodeScalars)
    let name = Array(name.unicodeScalars)
    var p = 0
    var n = 0
    var star: (pattern: Int, name: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == "*" {
        star = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
        p += 1
        n += 1
      } else if let last = star {
        // The star takes one scalar more, and what follows it is tried again.
        star = (last.pattern, last.name + 1)
        p = last.pattern + 1
        n = last.name + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }

  /// Whether a regular expression matches somewhere in a name.
  static func regex(_ pattern: String, matches name: String) -> Bool {
    guard let regex = try? Regex(pattern).matchingSemantics(.unicodeScalar) else { return false }
    return name.firstMatch(of: regex) != nil
  }

  /// What is wrong with a regular expression; nil where nothing is.
  static func problem(in pattern: String) -> String? {
    guard !pattern.isEmpty else { return "it is empty" }
    do {
      _ = try Regex(pattern)
      return nil
    } catch {
      return "\(error)"
    }
  }
}
