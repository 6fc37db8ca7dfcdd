import DLPrepData
import DLPrepPipeline
import DLPrepStages
import DLPrepTesting
import Testing

@Test(arguments: standardStages.names)
func everyStageKeepsTheContract(name: String) async throws {
  let stage = try #require(standardStages[name])
  let table: Table? =
    switch name {
    case "woe_encode": try ContractData.table(holes: false, classes: true)
    case "smote": try ContractData.classes(of: ContractData.table(holes: false))
    default: nil
    }
  let violations = await StageContract.violations(of: stage, table: table)
  #expect(violations == [])
}
