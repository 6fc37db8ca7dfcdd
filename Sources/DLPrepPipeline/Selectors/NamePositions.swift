/// Where columns stand by their names, which are compared byte by byte; of one name the last counts.
package struct NamePositions: Sendable {
  private var positions: [[UInt8]: Int] = [:]

  /// Where the given names stand.
  package init(_ names: some Sequence<String> = []) {
    for (position, name) in names.enumerated() { self[name] = position }
  }

  /// Where the column of a name stands; nil where there is none.
  package subscript(name: String) -> Int? {
    get { positions[Array(name.utf8)] }
    set { positions[Array(name.utf8)] = newValue }
  }
}
