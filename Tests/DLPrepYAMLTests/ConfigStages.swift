import DLPrepBytes
import DLPrepData

@testable import DLPrepPipeline

/// Stages that only have parameters: enough to read pipeline files with.
struct FillIn: ConfigOnlyStage {
  enum Strategy: String, CaseIterable, ParameterValue { case mean, median, constant }
  static let name = "impute"
  static let summary = "Fills in missing values."
  static let parameters: [Parameter<FillIn>] = [
    .init("strategy", \.strategy, "What is filled in."),
    .init("value", \.value, "The constant."),
    .init("indicator", \.indicator, "Whether a column tells where."),
  ]
  static let commonKeys: CommonKeys = .scaler
  static let defaultColumns: Selector? = .numeric
  var strategy = Strategy.mean
  var value: Double?
  var indicator = false
  var common = Common()

  func validate() throws(PrepError) {
    if strategy == .constant && value == nil {
      throw PrepError(.value, "strategy constant needs a value")
    }
  }
}

/// Takes rows out if `action` says so.
struct CutOff: ConfigOnlyStage {
  enum Action: String, CaseIterable, ParameterValue {
    case cap
    case dropRow = "drop_row"
  }
  static let name = "outliers"
  static let summary = "Cuts off what lies far out."
  static let parameters: [Parameter<CutOff>] = [
    .init("factor", \.factor, in: 0...100, "How far out."),
    .init("action", \.action, "What happens to them."),
    .init("quantiles", \.quantiles, "Two shares."),
  ]
  static let commonKeys: CommonKeys = [.columns, .when, .missing]
  var factor = 1.5
  var action = Action.cap
  var quantiles = [0.25, 0.75]
  var common = Common()
  var removesRows: Bool { action == .dropRow }
}

/// The rules for values, as far as schemas need them.
struct Rules: ConfigOnlyStage {
  static let name = "check"
  static let summary = "Refuses values."
  static let parameters: [Parameter<Rules>] = [
    .init("min", \.min, "The smallest."), .init("max", \.max, "The largest."),
    .init("in", \.among, "All that may be."),
    .init("on_fail", \.onFail, "What happens."),
  ]
  static let commonKeys: CommonKeys = [.columns, .when]
  var min: Double?
  var max: Double?
  var among: [String]?
  var onFail = CheckFailure.error
  var common = Common()
}

/// Needs nothing.
struct DropConstant: ConfigOnlyStage {
  static let name = "drop_constant"
  static let summary = "Drops columns of one value."
  static let parameters: [Parameter<DropConstant>] = []
  static let commonKeys: CommonKeys = [.columns]
  static let defaultColumns: Selector? = .all
  var common = Common()
}

/// A stage that leaves everything as it is.
protocol ConfigOnlyStage: StructureStage {}

extension ConfigOnlyStage {
  func arranged(
    _ fields: [Field], selected: [Int]
  ) throws(PrepError) -> [(index: Int, name: String)] {
    fields.enumerated().map { ($0.offset, $0.element.name) }
  }
}

let configCatalog = Catalog([FillIn.self, CutOff.self, Rules.self, DropConstant.self])
