extension TimeZoneRules {
  /// What the rules are made of, for keeping them in a file: instants of changes, the offset before
  /// the first and after each, and the rule for all later years as text.
  package var parts: (transitions: [Int64], offsets: [Int32], rule: [UInt8]) {
    (transitions, offsets, rule?.text ?? [])
  }

  /// The rules that such parts make; nil where they can't be.
  package init?(name: String, transitions: [Int64], offsets: [Int32], rule: [UInt8]) {
    let isRising = zip(transitions, transitions.dropFirst()).allSatisfy { $0 < $1 }
    let later = rule.isEmpty ? nil : PosixTimeZone(rule)
    guard isRising, offsets.count == transitions.count + 1, rule.isEmpty || later != nil else {
      return nil
    }
    self.init(name: name, transitions: transitions, offsets: offsets, rule: later)
  }
}
