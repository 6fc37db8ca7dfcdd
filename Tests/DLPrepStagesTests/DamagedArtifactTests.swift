import DLPrepBytes
import DLPrepData
import DLPrepPipeline
import DLPrepStages
import DLPrepTesting
import Testing

/// Damages what stands beside the steps of an artifact, with a hash that fits.
///
/// Each variant is refused or works. What a step has learned is the contract suite's to damage.
@Test(arguments: ["filter", "one_hot", "lag"])
func anArtifactDamagedAnywhereIsRefusedOrWorks(name: String) throws {
  func refusals<S: Stage>(_ stage: S.Type) throws -> Int {
    let table = try ContractData.table(holes: false)
    let example = try #require(S.examples.first)
    let fitted = try ContractData.pipeline(example).fitted(to: TableReader(table), RunOptions())
      .fitted
    let whole = try JSON(parsing: try Artifact.write(fitted), file: "artifact")
    let steps = try #require(whole["steps"])
    var refused = 0
    for damaged in DamagedJSON(whole.replacing("steps", by: .null)).variants {
      do throws(PrepError) {
        let sealed = try damaged.replacing("steps", by: steps).sealed()
        let loaded = try Artifact.read(sealed, name: "artifact", catalog: standardStages)
        _ = try loaded.apply(table)
      } catch {
        #expect(error.code != .internal)
        refused += 1
      }
    }
    return refused
  }
  let stage: any Stage.Type = try #require(standardStages[name])
  #expect(try refusals(stage) > 30)
}
