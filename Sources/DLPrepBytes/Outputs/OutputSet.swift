import CDLPrepScan
public import DLPrepData
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The files of a run: all of them appear, whole, or none does and the old ones stay.
///
/// Letting go of a set without `publish` discards it.
public final class OutputSet: Sendable {
  private struct Contents {
    var files: [OutputFile] = []
    var stale: [String] = []
    var isOver = false
  }

  private let contents = Mutex(Contents())

  /// An empty set.
  public init() {}

  deinit { discard() }

  /// Starts a file.
  ///
  /// The main one is put in place after all others: whoever sees it sees them too.
  public func file(_ path: String, isMain: Bool = false) throws(PrepError) -> OutputFile {
    let file = try OutputFile(path, isMain: isMain)
    let isTwice = contents.withLock { contents in
      let isTwice =
        file.isSeekable && contents.files.contains { $0.target.path == file.target.path }
      if !isTwice { contents.files.append(file) }
      return isTwice
    }
    if isTwice {
      file.discard()
      throw PrepError(
        .usage, "expected each output once, found '\(path)' twice",
        hint: "give every output a file of its own")
    }
    return file
  }

  /// Removes a file of an earlier run, if it is there, when this run's files are put in place: next
  /// to a new table it would be taken for a part of it.
  public func removeAfterPublish(_ path: String) {
    TemporaryFile.sweep(beside: path)
    contents.withLock { $0.stale.append(path) }
  }

  /// Puts all files in place: the main one last, after stale ones are gone.
  ///
  /// If a step fails, what was done is undone and the error thrown.
  public func publish() throws(PrepError) {
    let (files, stale, isOver) = contents.withLock { contents in
      defer { contents.isOver = true }
      return (contents.files, contents.stale, contents.isOver)
    }
    if isOver { throw PrepError(.internal, "outputs were to be published twice") }
    do throws(PrepError) {
      for file in files { try file.settle() }
    } catch {
      for file in files { file.discard() }
      throw error
    }
    // From here to the end a signal waits.
    dlp_temps_hold()
    defer { dlp_temps_release() }
    try putInPlace(files, stale)
    for folder in Set(files.filter(\.isSeekable).map { TemporaryFile.split($0.target.path).folder })
    {
      Self.settle(folder: folder)
    }
  }

  /// All or nothing: the main file last, after stale ones are gone.
  private func putInPlace(_ files: [OutputFile], _ stale: [String]) throws(PrepError) {
    var asides: [Aside] = []
    do throws(PrepError) {
      for file in files where !file.isMain { try replace(file, &asides) }
      let written = Set(files.compactMap { InputFile.identity(of: $0.target.path) })
      for path in stale {
        // The same file may have been named in another way; a folder is nobody's sidecar.
        guard let found = InputFile.identity(of: path), !written.contains(found),
          try !OutputTarget(path).isWrittenThrough
        else { continue }
        asides.append(try Aside(path, moving: true, shown: path))
      }
      for file in files where file.isMain { try replace(file, &asides) }
    } catch {
      for aside in asides.reversed() { aside.restore() }
      for file in files { file.discard() }
      throw error
    }
    for aside in asides { aside.forget() }
  }

  /// Removes everything that was written.
  public func discard() {
    let files = contents.withLock { contents in
      defer { contents.isOver = true }
      return contents.isOver ? [] : contents.files
    }
    for file in files { file.discard() }
  }

  private func replace(_ file: OutputFile, _ asides: inout [Aside]) throws(PrepError) {
    guard file.isSeekable else { return }
    let aside = try Aside(file.target.path, moving: false, shown: file.name)
    do throws(PrepError) {
      try file.publish()
    } catch {
      aside.forget()
      throw error
    }
    asides.append(aside)
  }

  /// Makes the new names last.
  ///
  /// Not all file systems can; then there is nothing to be done.
  private static func settle(folder: String) {
    let number = unsafe open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if number < 0 { return }
    _ = fsync(number)
    _ = close(number)
  }
}
