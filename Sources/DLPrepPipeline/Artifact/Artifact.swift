import DLPrepBytes
public import DLPrepData

/// A fitted pipeline as text: canonical JSON with sorted keys, no code in it, hash-checked.
///
/// The same input gives the same bytes. `sha256` is the hash of the canonical JSON without it.
public enum Artifact {
  /// The version of the format.
  public static let format = 1
  /// The version of the tool that writes it.
  public static let tool = "dlprep 0.1.0"

  /// The artifact of a fitted pipeline.
  public static func write(_ fitted: FittedPipeline) throws(PrepError) -> [UInt8] {
    var members = [
      JSON.Member("format", .integer(Int64(format))),
      JSON.Member("tool", .text(tool)),
      JSON.Member("pipeline", fitted.pipeline.node.json),
      JSON.Member("pipeline_sha256", .text(fitted.pipeline.fingerprint)),
      JSON.Member("inputs", fitted.inputs.saved),
      JSON.Member("steps", .array(fitted.steps.map(\.saved))),
      JSON.Member("classes", ByteStrings(fitted.classes).saved),
      JSON.Member("split_cutoff", fitted.splitCutoff.map { .integer($0) } ?? .null),
      JSON.Member("training_rows", fitted.trainingRows.saved),
      JSON.Member("profile", fitted.profile.saved),
    ]
    let hash = SHA256.hexadecimal(try JSON.object(members).canonical())
    members.append(JSON.Member("sha256", .text(hash)))
    return try JSON.object(members).canonical() + [UInt8(ascii: "\n")]
  }

  /// Whether a file is an artifact rather than a pipeline file, by its name or its bytes.
  ///
  /// A pipeline file may be JSON too: only an artifact holds the pipeline's hash.
  public static func isArtifact(_ bytes: [UInt8], name: String = "") -> Bool {
    if name.hasSuffix(".dlprep") { return true }
    guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return false }
    let key = Array("\"pipeline_sha256\"".utf8)
    return bytes.indices.contains { bytes[$0] == key[0] && bytes[$0...].starts(with: key) }
  }

  /// The fitted pipeline that an artifact holds; its version, hash and content are checked.
  public static func read(
    _ bytes: [UInt8], name: String, catalog: Catalog
  ) throws(PrepError)
    -> FittedPipeline
  {
    do throws(PrepError) {
      return try load(bytes, name, catalog)
    } catch {
      throw PrepError(
        .artifact, error.message, at: error.place ?? Place(file: name),
        hint: error.hint ?? "fit the pipeline again")
    }
  }

  private static func load(
    _ bytes: [UInt8], _ name: String, _ catalog: Catalog
  ) throws(PrepError)
    -> FittedPipeline
  {
    let json = try JSON(parsing: bytes, file: name)
    guard case .object(let members) = json, let version = json["format"] else {
      throw unloadable("a fitted pipeline")
    }
    guard version == .integer(Int64(format)) else {
      throw PrepError(
        .artifact, "expected format \(format), found \(version.shown)",
        hint: "use the tool that made it")
    }
    let content = JSON.object(members.filter { !$0.key.elementsEqual("sha256".utf8) })
    let found = SHA256.hexadecimal(try content.canonical())
    let expected = try String(loading: json["sha256"] ?? .null)
    guard found == expected else {
      throw PrepError(
        .artifact, "expected content with SHA-256 \(expected), found \(found)",
        hint: "the file is damaged or was edited; fit the pipeline again")
    }
    var errors: [PrepError] = []
    let node = try ConfigNode(json: json["pipeline"] ?? JSON.null)
    let pipeline = Pipeline.decoded(from: node, catalog: catalog, errors: &errors)
    if let error = errors.first { throw error }
    guard case .array(let saved)? = json["steps"], saved.count == pipeline.steps.count else {
      throw unloadable("what each of \(pipeline.steps.count) steps has learned")
    }
    var steps: [FittedStep] = []
    for (step, json) in zip(pipeline.steps, saved) {
      steps.append(try FittedStep(step, loading: json))
    }
    let classes = try ByteStrings(loading: json["classes"] ?? .null)
    return FittedPipeline(
      pipeline: pipeline, inputs: try [InputColumn](loading: json["inputs"] ?? .null),
      steps: steps, classes: (0..<classes.count).map { classes[$0] },
      splitCutoff: try Int?(loading: json["split_cutoff"] ?? .null).map(Int64.init),
      profile: try [ColumnProfile](loading: json["profile"] ?? .null),
      trainingRows: try Int(loading: json["training_rows"] ?? .null))
  }
}

extension Pipeline {
  /// A hash of all that the pipeline says, for telling whether an artifact was made by it.
  public var fingerprint: String {
    SHA256.hexadecimal((try? node.json.canonical()) ?? [])
  }
}

extension JSON {
  /// Its text, for messages.
  fileprivate var shown: String { String(decoding: (try? canonical()) ?? [], as: UTF8.self) }
}
