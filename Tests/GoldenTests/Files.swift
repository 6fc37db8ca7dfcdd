#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The few things that the cases do with files.
enum Files {
  struct Failure: Error {
    let path: String
  }

  /// The folder some levels above a path.
  static func parent(of path: String, levels: Int) -> String {
    path.split(separator: "/").dropLast(levels).reduce("") { "\($0)/\($1)" }
  }

  /// What is in a folder, sorted, with hidden files.
  static func names(in folder: String) -> [String] {
    guard let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let bytes = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
        unsafe Array($0.prefix { $0 != 0 })
      }
      names.append(String(decoding: bytes, as: UTF8.self))
    }
    return names.filter { $0 != "." && $0 != ".." }.sorted()
  }

  /// A file's bytes; nil where there is none.
  static func bytes(_ path: String) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = unsafe piece.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
      if got <= 0 { return got == 0 ? all : nil }
      all += piece[..<got]
    }
  }

  /// A file's text.
  static func text(_ path: String) -> String? {
    bytes(path).map { String(decoding: $0, as: UTF8.self) }
  }

  static func write(_ text: String, to path: String) throws {
    try write(Array(text.utf8), to: path)
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { throw Failure(path: path) }
    defer { close(file) }
    var done = 0
    while done < bytes.count {
      let put = unsafe bytes[done...].withUnsafeBytes {
        #if canImport(Glibc)
        unsafe Glibc.write(file, $0.baseAddress, $0.count)
        #else
        unsafe Darwin.write(file, $0.baseAddress, $0.count)
        #endif
      }
      guard put > 0 else { throw Failure(path: path) }
      done += put
    }
  }

  /// A new folder for temporary files.
  static func scratch() throws -> String {
    var template = "/tmp/dlprep-golden-XXXXXX".utf8CString.map(\.self)
    guard unsafe mkdtemp(&template) != nil else { throw Failure(path: "/tmp") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
