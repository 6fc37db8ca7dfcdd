public import DLPrepData

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension TimeZoneRules {
  /// Reads a zone of the system's database by name; an unknown one is an error of code `value`.
  ///
  /// Only letters, digits, `_ + - /` make a name, so that it never leaves the database's folder.
  public init(named name: String) throws(PrepError) {
    if name == "UTC" || name == "Z" {
      self = .utc
      return
    }
    let isName =
      !name.isEmpty && name.utf8.count < 100 && !name.hasPrefix("/")
      && name.utf8.allSatisfy {
        ($0 | 0x20) >= 97 && ($0 | 0x20) <= 122 || $0 >= 48 && $0 <= 57 || "_+-/".utf8.contains($0)
      }
    if isName {
      for folder in ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/etc/zoneinfo"] {
        guard let bytes = Self.contents("\(folder)/\(name)") else { continue }
        if let rules = TimeZoneRules(name: name, tzif: bytes) {
          self = rules
          return
        }
      }
    }
    throw PrepError(
      .value, "expected the name of a time zone, found '\(name)'",
      hint: "names look like Europe/Paris; the system's time zone database (tzdata) must be there")
  }

  /// The bytes of a small regular file; nil where there is none.
  private static func contents(_ path: String) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { _ = close(file) }
    var out: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while out.count < 1 << 20 {
      let n = unsafe chunk.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
      if n < 0 { return nil }
      if n == 0 { return out }
      out += chunk[..<n]
    }
    return nil
  }

  /// Reads TZif bytes, version 2 or later (64-bit times); nil where they are damaged.
  init?(name: String, tzif bytes: [UInt8]) {
    guard let first = Header(bytes, at: 0), first.version >= UInt8(ascii: "2"),
      let second = Header(bytes, at: 44 + first.size(ofTime: 4))
    else { return nil }
    let times = second.at + 44
    let kinds = times + second.times * 8
    let types = kinds + second.times
    let footer = second.at + 44 + second.size(ofTime: 8)
    guard footer <= bytes.count, second.types > 0 else { return nil }
    var offsets: [Int32] = []
    for i in 0..<second.types {
      offsets.append(Int32(bitPattern: Self.number(bytes, types + i * 6)))
    }
    // Before the first transition the first type holds (RFC 9636, 3.2).
    var transitions: [Int64] = []
    var after = [offsets[0]]
    for i in 0..<second.times {
      let kind = Int(bytes[kinds + i])
      guard kind < offsets.count else { return nil }
      let high = UInt64(Self.number(bytes, times + i * 8))
      let low = UInt64(Self.number(bytes, times + i * 8 + 4))
      transitions.append(Int64(bitPattern: high << 32 | low))
      after.append(offsets[kind])
    }
    var rule: PosixTimeZone?
    if footer < bytes.count, bytes[footer] == 10,
      let end = bytes[(footer + 1)...].firstIndex(of: 10), end > footer + 1
    {
      rule = PosixTimeZone(bytes[(footer + 1)..<end])
      if rule == nil { return nil }
    }
    self.init(name: name, transitions: transitions, offsets: after, rule: rule)
  }

  private static func number(_ bytes: [UInt8], _ at: Int) -> UInt32 {
    bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The six counts of a TZif header.
  private struct Header {
    let at: Int
    let version: UInt8
    let counts: [Int]
    var times: Int { counts[3] }
    var types: Int { counts[4] }

    init?(_ bytes: [UInt8], at: Int) {
      guard at + 44 <= bytes.count, Array(bytes[at..<at + 4]) == Array("TZif".utf8) else {
        return nil
      }
      self.at = at
      version = bytes[at + 4]
      counts = (0..<6).map { Int(TimeZoneRules.number(bytes, at + 20 + $0 * 4)) }
      guard counts.allSatisfy({ $0 < 1 << 20 }) else { return nil }
    }

    /// How many bytes follow the header, with times of `width` bytes.
    func size(ofTime width: Int) -> Int {
      let leaps = counts[2] * (width + 4)
      return counts[3] * (width + 1) + counts[4] * 6 + counts[5] + leaps + counts[1] + counts[0]
    }
  }
}
