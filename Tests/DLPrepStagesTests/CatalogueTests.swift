import DLPrepPipeline
import DLPrepStages
import FoundationEssentials
import Testing

/// `RECORD=1 swift test --filter everyStageFileIsInTheCatalogue` rewrites the list.
@Test func everyStageFileIsInTheCatalogue() throws {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/DLPrepStages")
  let list = folder.appending(path: "StandardStages.swift")
  var types: [String] = []
  for path in try FileManager.default.subpathsOfDirectory(
    atPath: folder.path(percentEncoded: false))
  where path.hasSuffix(".swift") {
    let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    for line in text.split(separator: "\n") {
      guard line.hasPrefix("public struct "), line.hasSuffix("Stage {") else { continue }
      types.append(String(line.dropFirst("public struct ".count).prefix { $0 != ":" }))
    }
  }
  types.sort()
  let text = try String(contentsOf: list, encoding: .utf8)
  let head = text.split(separator: "\n", omittingEmptySubsequences: false)
    .prefix { !$0.hasPrefix("  ") }.prefix { $0 != "])" }.joined(separator: "\n")
  let expected = head + "\n" + types.map { "  \($0).self,\n" }.joined() + "])\n"
  if ProcessInfo.processInfo.environment["RECORD"] == "1" {
    try expected.write(to: list, atomically: true, encoding: .utf8)
  }
  #expect(text == expected, "RECORD=1 swift test --filter everyStageFileIsInTheCatalogue")
  #expect(types.count == standardStages.stages.count)
}

@Test func stagesAreFoundByTheNamesOthersGiveThem() {
  #expect(standardStages.names(knownAs: "StandardScaler") == ["standardize"])
  #expect(standardStages.names(knownAs: "z-score") == ["outliers", "standardize"])
  #expect(standardStages.names(knownAs: "onehotencoder") == ["one_hot"])
  #expect(
    standardStages.names(knownAs: "TargetEnc") == ["ordered_target_encode", "target_encode"])
  #expect(standardStages.names(knownAs: "") == [])
  #expect(standardStages.names(knownAs: "transmogrify") == [])
}
