import DLPrepData
import Testing

@testable import DLPrepBytes

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite final class OutputTests {
  private let folder: String

  init() {
    var template = Array("\(Spool.defaultDirectory)/dlprep-test-XXXXXX".utf8CString)
    _ = unsafe mkdtemp(&template)
    folder = String(
      decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    for name in names { _ = unsafe remove("\(folder)/\(name)") }
    _ = unsafe rmdir(folder)
  }

  private func contents(_ name: String) -> String? {
    guard let file = try? InputFile("\(folder)/\(name)") else { return nil }
    return (try? file.readAll()).map { String(decoding: $0, as: UTF8.self) }
  }

  private func write(_ text: String, _ name: String) throws {
    let set = OutputSet()
    try set.file("\(folder)/\(name)").write(Array(text.utf8))
    try set.publish()
  }

  /// All names in the folder but `.` and `..`.
  private var names: [String] {
    guard let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  @Test func publishedWholeAndNotBefore() throws {
    let set = OutputSet()
    let main = try set.file("\(folder)/x.npy", isMain: true)
    let side = try set.file("\(folder)/x.target.npy")
    try main.write(Array("main".utf8))
    try side.write(Array("side".utf8))
    #expect(contents("x.npy") == nil && contents("x.target.npy") == nil)
    try set.publish()
    #expect(contents("x.npy") == "main" && contents("x.target.npy") == "side")
    #expect(names == ["x.npy", "x.target.npy"])
  }

  @Test func failureLeavesTheOldFiles() throws {
    try write("old", "a.csv")
    try write("stale", "a.id.csv")
    do {
      let set = OutputSet()
      try set.file("\(folder)/a.csv").write(Array("new".utf8))
      set.removeAfterPublish("\(folder)/a.id.csv")
      #expect(names.count == 3)
    }
    #expect(contents("a.csv") == "old" && contents("a.id.csv") == "stale")
    #expect(names == ["a.csv", "a.id.csv"])
  }

  @Test func aFailedRenameUndoesTheOthers() throws {
    try write("old", "b.csv")
    try write("stale", "b.id.csv")
    let set = OutputSet()
    try set.file("\(folder)/b.csv").write(Array("new".utf8))
    try set.file("\(folder)/new.csv").write(Array("new".utf8))
    try set.file("\(folder)/late", isMain: true).write(Array("new".utf8))
    set.removeAfterPublish("\(folder)/b.id.csv")
    // What was free when the output was opened is a folder now.
    #expect(unsafe mkdir("\(folder)/late", 0o777) == 0)
    #expect(throws: PrepError.self) { try set.publish() }
    #expect(contents("b.csv") == "old" && contents("b.id.csv") == "stale")
    #expect(names == ["b.csv", "b.id.csv", "late"])
  }

  @Test func staleSidecarsGo() throws {
    try write("stale", "c.target.npy")
    let set = OutputSet()
    try set.file("\(folder)/c.npy", isMain: true).write([1])
    set.removeAfterPublish("\(folder)/c.target.npy")
    set.removeAfterPublish("\(folder)/c.never.npy")
    try set.publish()
    #expect(names == ["c.npy"])
  }

  @Test func aSidecarOfThisRunIsNotStale() throws {
    try write("old", "real.target.npy")
    #expect(unsafe symlink("real.target.npy", "\(folder)/g.target.npy") == 0)
    let set = OutputSet()
    try set.file("\(folder)/g.npy", isMain: true).write([1])
    try set.file("\(folder)/g.target.npy").write(Array("new".utf8))
    set.removeAfterPublish("\(folder)/./g.target.npy")
    try set.publish()
    #expect(names == ["g.npy", "g.target.npy", "real.target.npy"])
    #expect(contents("g.target.npy") == "new")
  }

  @Test func modeAndLinkStay() throws {
    try write("old", "real.csv")
    #expect(unsafe chmod("\(folder)/real.csv", 0o640) == 0)
    #expect(unsafe symlink("real.csv", "\(folder)/link.csv") == 0)
    try write("new", "link.csv")
    #expect(contents("real.csv") == "new")
    var status = stat()
    #expect(unsafe lstat("\(folder)/link.csv", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(unsafe stat("\(folder)/real.csv", &status) == 0 && status.st_mode & 0o777 == 0o640)
  }

  @Test func temporariesOfTheDeadAreSwept() throws {
    // No process has this number: it is above the largest that Linux gives.
    for name in [".d.csv.dlprep-99999999-abc", ".d.csv.dlprep-\(getpid())-abc", ".d.csv.dlprep-x"] {
      try write("", name)
    }
    try write("new", "d.csv")
    #expect(names == [".d.csv.dlprep-\(getpid())-abc", ".d.csv.dlprep-x", "d.csv"])
  }

  @Test func bytesInAnyOrder() throws {
    let set = OutputSet()
    let file = try set.file("\(folder)/e.bin")
    try Workers.run(4) { index throws(PrepError) in
      for row in stride(from: index, to: 400, by: 4) {
        let byte = UInt8(truncatingIfNeeded: row)
        let result: Result<Void, PrepError> = unsafe withUnsafeBytes(of: byte) { bytes in
          do throws(PrepError) {
            return .success(unsafe try file.write(bytes, at: row))
          } catch {
            return .failure(error)
          }
        }
        try result.get()
      }
    }
    #expect(file.count == 400)
    try set.publish()
    let bytes = try InputFile("\(folder)/e.bin").readAll()
    #expect(bytes == (0..<400).map { UInt8(truncatingIfNeeded: $0) })
  }

  @Test func oneFileTwiceIsRefused() throws {
    let set = OutputSet()
    _ = try set.file("\(folder)/f.csv")
    #expect(throws: PrepError.self) { try set.file("\(folder)/f.csv") }
  }

  @Test func foldersAndFullDevices() throws {
    let set = OutputSet()
    #expect(throws: PrepError.self) { try set.file(folder) }
    #expect(throws: PrepError.self) { try set.file("\(folder)/no/such/folder.csv") }
    #if os(Linux)
    let full = try set.file("/dev/full")
    #expect(!full.isSeekable)
    do throws(PrepError) {
      try full.write([1])
      Issue.record("a full device took bytes")
    } catch {
      #expect(
        error.description.hasPrefix("/dev/full: io: can't write to it: no space left on device"))
    }
    #endif
  }

  @Test func aClosedPipeIsToldApart() throws {
    ProcessSetup.begin()
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    let sink = StandardOutput(descriptor: Descriptor(ends[1], owned: true), nil)
    try sink.write([1, 2])
    try sink.finish()
    close(ends[0])
    do throws(PrepError) {
      try sink.write([3])
      Issue.record("a closed pipe took bytes")
    } catch {
      #expect(error.code == .pipe)
    }
  }

  @Test func aSpooledOutputComesAtTheEnd() throws {
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    let sink = StandardOutput(descriptor: Descriptor(ends[1], owned: true), try Spool())
    try sink.write(Array("abc".utf8))
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    var buffer = [UInt8](repeating: 0, count: 8)
    #expect(unsafe read(ends[0], &buffer, 8) == -1)
    try sink.write(Array("def".utf8))
    try sink.finish()
    #expect(unsafe read(ends[0], &buffer, 8) == 6)
    #expect(buffer[..<6].elementsEqual("abcdef".utf8))
    close(ends[0])
  }
}
