package import DLPrepData

extension TimeZoneRules {
  /// What the rules are made of, for keeping them in a file.
  package var parts: ZoneTransitions {
    ZoneTransitions(
      name: name, transitions: transitions, offsets: offsets, rule: rule?.text ?? [])
  }

  /// The rules that such parts make; an error where they can't be.
  package init(_ parts: ZoneTransitions) throws(PrepError) {
    let isRising = zip(parts.transitions, parts.transitions.dropFirst()).allSatisfy { $0 < $1 }
    let later = parts.rule.isEmpty ? nil : PosixTimeZone(parts.rule)
    guard isRising, parts.offsets.count == parts.transitions.count + 1,
      parts.rule.isEmpty || later != nil
    else {
      throw PrepError(.artifact, "expected the rules of a time zone")
    }
    self.init(
      name: parts.name, transitions: parts.transitions, offsets: parts.offsets, rule: later)
  }
}
