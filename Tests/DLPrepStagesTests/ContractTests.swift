import DLPrepPipeline
import DLPrepStages
import DLPrepTesting
import Testing

@Test(arguments: standardStages.names)
func everyStageKeepsTheContract(name: String) async throws {
  let stage = try #require(standardStages[name])
  let violations = await StageContract.violations(of: stage)
  #expect(violations == [])
}
