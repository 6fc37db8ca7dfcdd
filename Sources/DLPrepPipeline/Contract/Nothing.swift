public import DLPrepBytes
public import DLPrepData

/// What a stage learns that learns nothing.
public struct Nothing: Savable {
  /// The only value.
  public init() {}
  /// An empty object.
  public var saved: JSON { .object([]) }
  /// Accepts anything: there is nothing in it.
  public init(loading json: JSON) throws(PrepError) {}
}
