/// Names for a message: up to three in full, of more the first three and how many others there are.
package func shortList(_ names: [String]) -> String {
  let shown = names.prefix(3).map { "'\($0)'" }
  let more = names.count - shown.count
  return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
}
