public import DLPrepData

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The regular file that a path leads to, however it is spelled: through links, `./`, or as a
/// standard stream; where there is none yet, the folder and the name that it will have.
public enum FilePlace: Hashable, Sendable {
  /// A file that is there.
  case file(InputFile.Identity)
  /// A name in a folder.
  case absent(folder: InputFile.Identity, name: String)

  /// Where a path leads; nil for devices and pipes, and where it leads nowhere.
  public init?(_ path: String) {
    guard let goal = try? OutputTarget.resolved(path) else { return nil }
    var status = stat()
    if unsafe stat(goal, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else { return nil }
      self = .file(InputFile.identity(status))
      return
    }
    let (folder, name) = TemporaryFile.split(goal)
    guard let parent = InputFile.identity(of: folder.isEmpty ? "." : folder) else { return nil }
    self = .absent(folder: parent, name: name)
  }

  /// The file that standard input comes from, if it is one.
  public static var ofStandardInput: FilePlace? { FilePlace(descriptor: STDIN_FILENO) }

  /// The file that standard output goes to, if it is one.
  public static var ofStandardOutput: FilePlace? { FilePlace(descriptor: STDOUT_FILENO) }

  /// An error where a path can't be written to, so that a long run doesn't end with it.
  public static func checkOutput(_ path: String) throws(PrepError) { _ = try OutputTarget(path) }

  private init?(descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    self = .file(InputFile.identity(status))
  }
}
