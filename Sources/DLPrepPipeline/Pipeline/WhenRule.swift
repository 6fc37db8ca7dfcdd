internal import DLPrepData

/// Who may say `when`: row stages and `check` may say `fit`; no row stage but `filter` may say
/// `always`.
enum WhenRule {
  /// The error for `when` in a stage that can't act on training rows only; `when: always` says
  /// nothing there and is taken out.
  static func unsupported<S: Stage>(
    in parameters: inout ConfigNode, of stage: S.Type
  ) -> PrepError? {
    guard !stage.commonKeys.contains(.when), case .map(var entries, let place) = parameters,
      let position = entries.firstIndex(where: { $0.key == "when" })
    else { return nil }
    let value = entries.remove(at: position).value
    parameters = .map(entries, place)
    do throws(PrepError) {
      return try When(value) == .always ? nil : fitRefused(stage.name, value.place)
    } catch {
      var error = error
      error.message = "'\(stage.name).when': " + error.message
      return error
    }
  }

  /// The error for a stage whose parameters don't allow what `when` says.
  static func broken<S: Stage>(by stage: S, _ places: [String: Place]) -> PrepError? {
    guard let when = stage.common.when else { return nil }
    if when == .fit, !stage.removesRows, S.name != "check" {
      return fitRefused(S.name, places["when"])
    }
    guard when == .always, stage.removesRows, S.name != "filter" else { return nil }
    return PrepError(
      .value, "'\(S.name).when': no stage that adds or removes rows but filter may say always",
      at: places["when"], hint: "serving keeps every row; leave it out")
  }

  private static func fitRefused(_ stage: String, _ place: Place?) -> PrepError {
    PrepError(
      .value, "'\(stage).when': only stages that add or remove rows, and check, may say fit",
      at: place?.ifKnown, hint: "what a step does to training rows it does to every row")
  }
}
