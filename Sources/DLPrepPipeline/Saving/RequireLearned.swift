public import DLPrepData

/// An `artifact` error unless what was loaded holds to a rule that all that is learned holds to.
///
/// - Parameters:
///   - holds: whether it does.
///   - rule: what is expected, as "a count for each category".
/// - Throws: the error.
public func requireLearned(_ holds: Bool, _ rule: String) throws(PrepError) {
  if !holds { throw unloadable(rule) }
}
