#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file in the package's SampleData folder.
struct SampleFile {
  let path: String

  init(_ name: String) {
    // Tests/SampleDataTests/SampleFile.swift: three levels below the package.
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    path = root.joined(separator: "/") + "/SampleData/" + name
  }

  /// RECORD=1 in the environment rewrites the files instead of comparing them.
  static var recording: Bool { unsafe getenv("RECORD") != nil }

  func read() -> [UInt8]? {
    guard let file = unsafe fopen(path, "rb") else { return nil }
    defer { unsafe _ = fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    return count < bytes.count ? Array(bytes.prefix(count)) : nil
  }

  func write(_ bytes: [UInt8]) -> Bool {
    guard let file = unsafe fopen(path, "wb") else { return false }
    let written = unsafe fwrite(bytes, 1, bytes.count, file)
    return unsafe fclose(file) == 0 && written == bytes.count
  }
}
