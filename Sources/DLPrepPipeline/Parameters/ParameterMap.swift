public import DLPrepData

/// A mapping with keys of its own as the value of a parameter, such as `{action: reject}`.
public protocol ParameterMap: ParameterValue {
  /// The value with every key left out.
  init()
  /// The declaration of its keys.
  static var parameters: [Parameter<Self>] { get }
}

extension ParameterMap {
  /// Reads the mapping; the first problem is thrown.
  public init(_ node: ConfigNode) throws(PrepError) {
    self.init()
    guard case .map(let entries, _) = node else { throw Self.mismatch(node) }
    for (position, entry) in entries.enumerated() {
      if let first = entries[..<position].first(where: { $0.key == entry.key }) {
        throw PrepError.duplicateKey(entry, first: first)
      }
      guard let parameter = Self.parameters.first(where: { $0.key == entry.key }) else {
        throw PrepError(
          .unknown, "there is no key '\(entry.key)'", at: entry.place.ifKnown,
          hint: suggestion(for: entry.key, among: Self.parameters.map(\.key))
            ?? "it takes " + Self.parameters.map(\.key).joined(separator: ", "))
      }
      do throws(PrepError) {
        try parameter.set(&self, entry.value)
      } catch {
        var error = error
        error.message = "'\(entry.key)': " + error.message
        throw error
      }
    }
  }

  /// What differs from the defaults.
  public var node: ConfigNode? {
    .map(ParameterTable.entries(of: self, default: Self(), by: Self.parameters))
  }
}
