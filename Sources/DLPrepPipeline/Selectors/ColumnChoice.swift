package import DLPrepData

/// A selector that is asked of many columns: a list of names is looked up, not gone through.
package struct ColumnChoice {
  private let selector: Selector
  private let names: Set<String>?

  /// Prepares a selector.
  package init(_ selector: Selector) {
    self.selector = selector
    if case .names(let names) = selector { self.names = Set(names) } else { names = nil }
  }

  /// Whether a column belongs to it, as the column now stands; nil: only data can tell.
  package func admits(_ field: Field, _ facts: () -> ColumnFacts) -> Bool? {
    guard let names else { return selector.admits(facts()) }
    guard field.role != .ignore, let found = names.firstIndex(of: field.name) else { return false }
    // A set holds one of two names that no one can tell apart.
    return names[found].utf8.elementsEqual(field.name.utf8) || selector.admits(facts()) == true
  }
}
