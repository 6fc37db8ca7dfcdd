package import DLPrepData

/// The fields of what a stage makes of a column: names from templates, lineage carried on.
package func outputFields(
  of outputs: [Output], from field: Field, by stage: any Stage, at address: String
) -> [Field] {
  let hasNew = outputs.contains { $0.value != nil }
  return outputs.map { output in
    var made = field
    made.type = output.type
    made.steps.append(address)
    made.values = output.components
    made.components = []
    let own = stage.common.name
    if field.type.isVector, output == .same(field.type) {
      (made.values, made.components) = (field.values, field.components)
    } else if case .vector = output.type {
      let template = own ?? output.template
      made.components = output.components.map {
        named(template, column: field.name, value: $0, stage: type(of: stage).name)
      }
      if stage.common.keepOriginal {
        made.name = named(template, column: field.name, value: "*", stage: type(of: stage).name)
      }
    } else {
      // A template of the file's own renames the new columns, or the column itself where there is
      // none, or beside an original that stays.
      let isRenamed = output.value != nil || !hasNew || stage.common.keepOriginal
      let template = isRenamed ? own ?? output.template : output.template
      made.name = named(
        template, column: field.name, value: output.value ?? "", stage: type(of: stage).name)
      if let value = output.value { made.values = [value] }
    }
    return made
  }
}

/// A template with `{column}`, `{value}` and `{stage}` filled in, in one pass.
private func named(_ template: String, column: String, value: String, stage: String) -> String {
  var out = ""
  var rest = Substring(template)
  let words = [("{column}", column), ("{value}", value), ("{stage}", stage)]
  while let next = rest.unicodeScalars.first {
    if let (word, text) = words.first(where: { rest.hasPrefix($0.0) }) {
      out += text
      rest = rest.dropFirst(word.count)
    } else {
      out.unicodeScalars.append(next)
      rest = Substring(rest.unicodeScalars.dropFirst())
    }
  }
  return out
}
