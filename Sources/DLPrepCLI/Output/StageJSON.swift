import DLPrep

extension StageDescription {
  /// All about the stage, for programs.
  var json: JSON {
    var members: [JSON.Member] = [
      .init("name", .text(name)), .init("summary", .text(summary)),
      .init("inverse", .array(inverses.map { .text($0.text) })),
      .init("other_names", .array(otherNames.map { .text($0) })),
      .init("parameters", .array(parameters.map(\.json))),
    ]
    if let page = standardStages[name].flatMap({ StagePage(of: $0) }) {
      members += [
        .init("text", .text(page.text)), .init("cost", .text(page.cost)),
        .init(
          "example",
          .object([
            .init("yaml", .text(page.yaml)), .init("before", .text(page.before)),
            .init("after", .text(page.after)),
          ])),
      ]
    }
    return .object(members)
  }
}

extension StageDescription.Parameter {
  /// The default as a file would say it, or in words.
  private var standard: String {
    guard let defaultValue else { return otherwise }
    let text = PipelineFile.text(defaultValue)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  /// All about the parameter.
  fileprivate var json: JSON {
    .object([
      .init("key", .text(key)), .init("help", .text(help)), .init("expected", .text(expected)),
      .init("default", .text(standard)),
    ])
  }
}
