internal import DLPrepData

extension Selector {
  /// Whether a column belongs to it, as the column now stands; nil: only data can tell.
  ///
  /// Types, patterns and facts reach features only, unless a role is named beside them (`role(id) &
  /// text`); an exact name reaches any role but `ignore`.
  package func admits(_ facts: ColumnFacts) -> Bool? {
    facts.field.role == .ignore ? false : admits(facts, anyRole: false)
  }

  /// `anyRole`: whether a role is named beside this part, so that the part itself asks for none.
  private func admits(_ facts: ColumnFacts, anyRole: Bool) -> Bool? {
    let isInReach = anyRole || facts.field.role == .feature
    switch self {
    case .names(let names):
      return names.contains { $0.utf8.elementsEqual(facts.field.name.utf8) }
    case .role(let role): return facts.field.role == role
    case .anyRole: return true
    case .and(let a, let b):
      let first = a.admits(facts, anyRole: anyRole || b.namesRole)
      if first == false { return false }
      let second = b.admits(facts, anyRole: anyRole || a.namesRole)
      if second == false { return false }
      return first == nil || second == nil ? nil : true
    case .or(let a, let b):
      let first = a.admits(facts, anyRole: anyRole)
      if first == true { return true }
      let second = b.admits(facts, anyRole: anyRole)
      if second == true { return true }
      return first == nil || second == nil ? nil : false
    case .not(let inner):
      return isInReach ? inner.admits(facts, anyRole: anyRole).map { !$0 } : false
    default: return isInReach ? admits(fact: facts) : false
    }
  }

  /// Whether it chooses columns by their role.
  private var namesRole: Bool {
    switch self {
    case .role, .anyRole: true
    case .and(let a, let b): a.namesRole || b.namesRole
    case .or(let a, let b): a.namesRole && b.namesRole
    default: false
    }
  }

  private func admits(fact facts: ColumnFacts) -> Bool? {
    switch self {
    case .all: return true
    case .type(let word): return facts.isTypeKnown ? word.admits(facts.field.type) : nil
    case .glob(let pattern): return NamePattern.glob(pattern, matches: facts.field.name)
    case .regex(let pattern): return NamePattern.regex(pattern, matches: facts.field.name)
    case .of(let step): return facts.actedOn.contains(step)
    case .from(let step): return facts.madeBy.contains(step)
    case .binary: return facts.distinct(3).map { $0 <= 2 }
    case .hasMissing: return facts.missing().map { $0 > 0 }
    case .missing(let comparison, let share):
      guard let missing = facts.missing(), let rows = facts.rows() else { return nil }
      return comparison.holds(rows == 0 ? 0 : Double(missing) / Double(rows), share)
    case .cardinality(let comparison, let count):
      return facts.distinct(count + 1).map { comparison.holds($0, count) }
    default: return false
    }
  }
}

extension Selector.Comparison {
  func holds<Value: Comparable>(_ a: Value, _ b: Value) -> Bool {
    switch self {
    case .less: a < b
    case .atMost: a <= b
    case .equal: a == b
    case .notEqual: a != b
    case .atLeast: a >= b
    case .greater: a > b
    }
  }
}
