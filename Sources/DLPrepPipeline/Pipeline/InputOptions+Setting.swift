public import DLPrepData

extension InputOptions {
  /// The keys of `input:` in pipeline files, each with its help and what may stand there.
  public static var keys: [(key: String, help: String, expected: String)] {
    parameters.map { ($0.key, $0.help, $0.expected) }
  }

  /// Sets what a key of `input:` says, as the option of that name on a command line does.
  public mutating func set(_ key: String, to value: ConfigNode) throws(PrepError) {
    guard let parameter = Self.parameters.first(where: { $0.key == key }) else {
      throw PrepError(
        .unknown, "'input' has no key '\(key)'", at: value.place.ifKnown,
        hint: suggestion(for: key, among: Self.parameters.map(\.key)))
    }
    do throws(PrepError) {
      try parameter.set(&self, value)
    } catch {
      var error = error
      error.message = "'\(key)': " + error.message
      error.place = error.place?.ifKnown
      throw error
    }
  }

  /// Checks the rules between the keys.
  public func validate() throws(PrepError) {
    guard let problem = problems.first else { return }
    throw PrepError(.value, "'\(problem.key)': \(problem.message)", hint: problem.hint)
  }
}
