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
}

extension Pipeline {
  /// A hash of all that the pipeline says, for telling whether an artifact was made by it.
  public var fingerprint: String {
    SHA256.hexadecimal((try? node.json.canonical()) ?? [])
  }
}
