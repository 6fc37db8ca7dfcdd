public import DLPrepBytes
public import DLPrepPipeline

extension PipelineFile {
  /// The JSON Schema of pipeline files, for editors: completion, help and checks while writing.
  public static func jsonSchema(_ catalog: Catalog) -> JSON { Pipeline.jsonSchema(catalog) }
}
