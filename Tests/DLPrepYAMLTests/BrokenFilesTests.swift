import DLPrepData
import DLPrepPipeline
import Testing

@testable import DLPrepYAML

struct BrokenFilesTests {
  @Test func aDamagedFileIsReadOrRefusedWithPlaces() {
    var state: UInt64 = 5
    func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    let pieces: [[UInt8]] =
      [
        ":", "\n", "  ", "- ", "[", "}", "\"", "*a", "&a ", "!x ", "${x}", "#", "\t", "|", "0", "é",
      ].map { Array($0.utf8) } + [[0xFF], [0xEF, 0xBB, 0xBF], []]
    let whole = Array(everyKey.utf8)
    for _ in 0..<200 {
      var bytes = whole
      for _ in 0...below(3) {
        let start = below(bytes.count)
        let end = min(bytes.count, start + below(4))
        bytes.replaceSubrange(start..<end, with: pieces[below(pieces.count)])
      }
      var errors: [PrepError] = []
      guard let node = PipelineFile.read(bytes: bytes, name: "p", errors: &errors) else {
        #expect(!errors.isEmpty)
        #expect(errors.allSatisfy { $0.place?.file == "p" })
        continue
      }
      let pipeline = Pipeline.decoded(from: node, catalog: configCatalog, errors: &errors)
      #expect(errors.allSatisfy { $0.place?.line ?? 0 > 0 }, "\(errors)")
      if errors.isEmpty {
        let back = Pipeline.decoded(from: pipeline.node, catalog: configCatalog, errors: &errors)
        #expect(errors == [])
        #expect(back == pipeline)
      }
    }
  }
}
