public import DLPrepBytes
public import DLPrepData

/// What an artifact can hold: any value that can be JSON and back, bit for bit.
///
/// Scalars, lists and optionals are savable themselves; a struct gets it from its table of fields.
public protocol Savable: Sendable, Equatable {
  /// The value as JSON.
  var saved: JSON { get }
  /// The value that some JSON stands for; an `artifact` error where it can't be.
  init(loading json: JSON) throws(PrepError)
}

/// One field of a struct that is saved by its table of fields.
public struct SavedField<Root>: Sendable {
  /// The key in the artifact.
  public let key: String
  let get: @Sendable (Root) -> JSON
  let set: @Sendable (inout Root, JSON) throws(PrepError) -> Void

  /// Binds a key to a property.
  public init<Value: Savable>(
    _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable
  ) {
    self.key = key
    get = { $0[keyPath: path].saved }
    set = { root, json throws(PrepError) in root[keyPath: path] = try Value(loading: json) }
  }
}

/// A struct that is saved by a table of its fields.
public protocol SavedByFields: Savable {
  /// The value with every field at its default.
  init()
  /// The fields, each under its key.
  static var fields: [SavedField<Self>] { get }
}

extension SavedByFields {
  /// An object with a member for each field.
  public var saved: JSON { .object(Self.fields.map { JSON.Member($0.key, $0.get(self)) }) }

  /// Reads every field; a missing key is null.
  public init(loading json: JSON) throws(PrepError) {
    self.init()
    for field in Self.fields {
      do throws(PrepError) {
        try field.set(&self, json[field.key] ?? .null)
      } catch {
        var error = error
        error.message += " at '\(field.key)'"
        throw error
      }
    }
  }
}

func unloadable(_ expected: String) -> PrepError {
  PrepError(.artifact, "expected \(expected)", hint: "fit the pipeline again")
}
