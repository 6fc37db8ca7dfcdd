internal import DLPrepData

/// The template for new columns' names, in which `{column}`, `{value}` and `{stage}` stand for
/// what they say.
enum NameTemplate {
  private static let words = ["{column}", "{value}", "{stage}"]

  /// The error for a word in braces that means nothing.
  static func problem<S: Stage>(in stage: S, _ places: [String: Place]) -> PrepError? {
    guard let template = stage.common.name else { return nil }
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      rest = rest[open...]
      guard let close = rest.firstIndex(of: "}") else { break }
      let word = String(rest[...close])
      guard words.contains(word) else {
        return PrepError(
          .value, "'\(S.name).name': there is no '\(word)' in templates", at: places["name"],
          hint: suggestion(for: word, among: words)
            ?? "there are \(words.joined(separator: ", "))")
      }
      rest = rest[rest.index(after: close)...]
    }
    guard template.isEmpty else { return nil }
    return PrepError(
      .value, "'\(S.name).name': expected a template, found nothing", at: places["name"])
  }
}
