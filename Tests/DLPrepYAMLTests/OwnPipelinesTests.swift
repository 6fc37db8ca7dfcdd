import DLPrepBytes
import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Foundation
import Testing

@testable import DLPrepYAML

/// The pipelines that come with the package.
struct OwnPipelinesTests {
  private var folder: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Pipelines")
  }

  @Test func theyReadAndWriteBackTheSame() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }
    #expect(files.count >= 7)
    for file in files {
      var errors: [PrepError] = []
      let path = folder.appendingPathComponent(file).path
      let node = try #require(PipelineFile.read(path: path, errors: &errors), "\(errors)")
      let text = PipelineFile.text(node)
      let back = PipelineFile.read(bytes: Array(text.utf8), name: file, errors: &errors)
      #expect(errors == [])
      #expect(back == node, "\(text)")
    }
  }

  @Test func theyDecodeWithoutAComplaint() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }
    for file in files {
      var errors: [PrepError] = []
      let path = folder.appendingPathComponent(file).path
      let pipeline = PipelineFile.pipeline(path: path, catalog: standardStages, errors: &errors)
      #expect(errors == [])
      let read = try #require(pipeline)
      let node = try ConfigNode(json: try JSON(parsing: try read.node.json.canonical()))
      #expect(Pipeline.decoded(from: node, catalog: standardStages, errors: &errors) == read)
      #expect(errors == [])
    }
  }

  @Test func everyExampleOfAStageReadsBackFromYAML() {
    for stage in standardStages.descriptions {
      for example in stage.examples {
        var errors: [PrepError] = []
        let file = ConfigNode.map([("dlprep", .text("1")), ("steps", .list([example]))])
        let text = PipelineFile.text(file)
        let back = PipelineFile.read(bytes: Array(text.utf8), name: stage.name, errors: &errors)
        #expect(back == file, "\(text)")
        guard let back else { continue }
        let pipeline = Pipeline.decoded(from: back, catalog: standardStages, errors: &errors)
        #expect(errors == [], "\(text)")
        #expect(pipeline.node == file, "\(text)")
      }
    }
  }

  @Test func aFileThatIsNotThereIsAnError() {
    var errors: [PrepError] = []
    #expect(PipelineFile.read(path: "no/such.yaml", errors: &errors) == nil)
    #expect(
      errors.map(\.description) == [
        "no/such.yaml: io: can't open the pipeline file: No such file or directory"
      ])
    #expect(PipelineFile.read(path: folder.path, errors: &errors) == nil)
    #expect(errors.last?.code == .io)
  }
}
