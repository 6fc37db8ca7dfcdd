public import DLPrepData
public import DLPrepPipeline
internal import Foundation

/// Pipeline files: YAML 1.2 of which every scalar is the literal text that stands there.
public enum PipelineFile {
  /// The largest file that is read, in bytes.
  public static let byteLimit = 1 << 20
  /// How deep lists and mappings may nest.
  public static let depthLimit = 64
  /// How many nodes a file may hold, what its aliases stand for counted each time.
  public static let nodeLimit = 100_000

  /// Reads a file, `-` for standard input; nil where it isn't YAML as pipelines are written.
  ///
  /// Every problem that can be told at once is reported, with its place.
  public static func read(path: String, errors: inout [PrepError]) -> ConfigNode? {
    do throws(PrepError) {
      return read(bytes: try bytes(of: path), name: path, errors: &errors)
    } catch {
      errors.append(error)
      return nil
    }
  }

  /// Reads YAML from memory; `name` is how places name it.
  public static func read(
    bytes: [UInt8], name: String, errors: inout [PrepError]
  ) -> ConfigNode? {
    guard let node = tree(bytes: bytes, name: name, errors: &errors) else { return nil }
    guard case .map = node else {
      errors.append(
        PrepError(
          .yaml, "expected a pipeline as a mapping, found \(node.found)", at: node.place,
          hint: "a pipeline file starts with dlprep: 1"))
      return nil
    }
    return node
  }

  /// Reads a pipeline file and decodes it; nil where there is any error.
  public static func pipeline(
    path: String, catalog: Catalog, overrides: [Override] = [], errors: inout [PrepError]
  ) -> Pipeline? {
    let before = errors.count
    guard let node = read(path: path, errors: &errors) else { return nil }
    let pipeline = Pipeline.decoded(
      from: node, catalog: catalog, overrides: overrides, errors: &errors)
    return errors.count == before ? pipeline : nil
  }

  /// Any one YAML document as a tree.
  static func tree(bytes: [UInt8], name: String, errors: inout [PrepError]) -> ConfigNode? {
    do throws(PrepError) {
      var source = try YAMLSource(bytes, name: name)
      return try YAMLTree.read(&source, errors: &errors)
    } catch {
      errors.append(error)
      return nil
    }
  }

  /// A file's bytes, never more than a pipeline file may have.
  private static func bytes(of path: String) throws(PrepError) -> [UInt8] {
    let place = Place(file: path)
    let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
    guard let handle else {
      throw PrepError(
        .io, "can't open the pipeline file: \(unsafe String(cString: strerror(errno)))", at: place)
    }
    do {
      var bytes: [UInt8] = []
      while bytes.count <= byteLimit,
        let more = try handle.read(upToCount: byteLimit + 1 - bytes.count), !more.isEmpty
      {
        bytes += more
      }
      return bytes
    } catch {
      throw PrepError(.io, "can't read the pipeline file: \(error.localizedDescription)", at: place)
    }
  }
}
