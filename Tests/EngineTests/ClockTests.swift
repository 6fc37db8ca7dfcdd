import DLPrepBytes
import DLPrepData
import DLPrepFormats
import DLPrepPipeline
import DLPrepStages
import Testing

private func clocks(_ zone: String) -> Pipeline {
  var pipeline = Pipeline()
  var column = Contract.Column("seen")
  column.type = .timestamp(format: "%d.%m.%Y %H:%M", timezone: zone)
  pipeline.schema.columns = [column]
  return pipeline
}

@Test func anArtifactHoldsTheClocksOfItsInputs() throws {
  let table = Array("seen\n01.02.2024 12:00\n01.07.2024 12:00\n".utf8)
  let fitted = try clocks("Europe/Paris").fitted(to: CSVSource(bytes: table), RunOptions()).fitted
  let artifact = try JSON(parsing: Artifact.write(fitted), file: "m.dlprep")
  guard case .array(let inputs)? = artifact["inputs"], let zone = inputs.first?["zone"],
    case .array(let transitions)? = zone["transitions"]
  else {
    Issue.record("expected the rules of a zone")
    return
  }
  // Paris went back to winter time on 1996-10-27 at 01:00 UTC.
  #expect(transitions.contains(.integer(846_378_000)))
  #expect(zone["rule"] == .text("CET-1CEST,M3.5.0,M10.5.0/3"))
}

@Test func servingReadsTimesByTheClocksOfTheArtifact() throws {
  // A zone that no system knows: an hour ahead, five hours from 2024-04-01 on.
  var input = InputColumn(
    name: "seen", type: .timestamp(format: "%d.%m.%Y %H:%M", timezone: "Nowhere/Land"),
    role: .feature)
  input.zone = ZoneTransitions(
    name: "Nowhere/Land", transitions: [1_711_929_600], offsets: [3600, 18000], rule: [])
  let made = FittedPipeline(pipeline: clocks("Nowhere/Land"), inputs: [input], steps: [])
  let fitted = try Artifact.read(
    Artifact.write(made), name: "m.dlprep", catalog: standardStages)
  let table = Array("seen\n01.02.2024 12:00\n01.07.2024 12:00\n".utf8)
  let source = try CSVSource(bytes: table)
  let plan = try ServingPlan(fitted, for: source)
  let worker = try ServingWorker(plan, source)
  let records = source.makeRecords()
  #expect(try source.read(into: records))
  try worker.transform(records)
  let column = worker.block.columns[plan.output.columns[0].slot]
  // 2024-02-01T11:00Z and 2024-07-01T07:00Z.
  #expect(column.integers[..<2] == [1_706_785_200_000_000, 1_719_817_200_000_000])
}

@Test func aRowIsReadByTheSameClocks() throws {
  var pipeline = clocks("Europe/Paris")
  pipeline.append(
    DatetimeFeatures(["seen"]) { $0.extract = [.hour] })
  let table = Array("seen\n01.02.2024 12:00\n01.07.2024 12:00\n".utf8)
  let fitted = try pipeline.fitted(to: CSVSource(bytes: table), RunOptions()).fitted
  var row: [Float] = []
  try fitted.apply(row: ["seen": "01.07.2024 08:30"], into: &row)
  #expect(row == [8])
}

@Test func theProfileDescribesDates() throws {
  var options = RunOptions()
  options.takesProfile = true
  let table = Array("day\n1970-01-03\n1970-01-05\n\n1970-01-10\n".utf8)
  var pipeline = Pipeline()
  var day = Contract.Column("day")
  day.type = .date(format: nil)
  pipeline.schema.columns = [day]
  let fitted = try pipeline.fitted(to: CSVSource(bytes: table), options).fitted
  let artifact = try JSON(parsing: Artifact.write(fitted), file: "m.dlprep")
  guard case .array(let columns)? = artifact["profile"], let profile = columns.first else {
    Issue.record("expected a profile")
    return
  }
  // Days 2, 4, 9.
  #expect(profile["count"] == .integer(4) && profile["missing"] == .integer(1))
  #expect(try Double(loading: profile["min"] ?? .null) == 2)
  #expect(try Double(loading: profile["max"] ?? .null) == 9)
  #expect(try Double(loading: profile["mean"] ?? .null) == 5)
  #expect(try [Double](loading: profile["deciles"] ?? .null)[4] == 4)
}
