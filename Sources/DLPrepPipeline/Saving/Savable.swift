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
  /// Reads the value straight from an artifact's text; by default by way of JSON.
  init(reading text: inout SavedText) throws(PrepError)
}

extension Savable {
  /// Reads the value by way of JSON.
  public init(reading text: inout SavedText) throws(PrepError) {
    try self.init(loading: try text.json())
  }
}

/// One field of a struct that is saved by its table of fields.
public struct SavedField<Root>: Sendable {
  /// The key in the artifact.
  public let key: String
  let get: @Sendable (Root) -> JSON
  let set: @Sendable (inout Root, JSON) throws(PrepError) -> Void
  let read: @Sendable (inout Root, inout SavedText) throws(PrepError) -> Void

  /// Binds a key to a property.
  public init<Value: Savable>(
    _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable
  ) {
    self.key = key
    get = { $0[keyPath: path].saved }
    set = { root, json throws(PrepError) in root[keyPath: path] = try Value(loading: json) }
    read = { root, text throws(PrepError) in root[keyPath: path] = try Value(reading: &text) }
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
        throw error.located(at: field.key)
      }
    }
  }

  /// Reads every field from an artifact's text; a missing key is null.
  public init(reading text: inout SavedText) throws(PrepError) {
    guard text.isObject else {
      try self.init(loading: try text.json())
      return
    }
    self.init()
    let fields = Self.fields
    var isRead = Array(repeating: false, count: fields.count)
    var last: [UInt8]?
    while let key = try text.cursor.nextKey(after: last) {
      last = key
      guard let i = fields.firstIndex(where: { $0.key.utf8.elementsEqual(key) }) else {
        _ = try text.json()
        continue
      }
      isRead[i] = true
      do throws(PrepError) {
        try fields[i].read(&self, &text)
      } catch {
        throw error.located(at: fields[i].key)
      }
    }
    for (field, isRead) in zip(fields, isRead) where !isRead {
      do throws(PrepError) {
        try field.set(&self, .null)
      } catch {
        throw error.located(at: field.key)
      }
    }
  }
}

extension PrepError {
  /// The error with the key where it was met.
  fileprivate func located(at key: String) -> PrepError {
    var error = self
    error.message += " at '\(key)'"
    return error
  }
}

func unloadable(_ expected: String) -> PrepError {
  PrepError(.artifact, "expected \(expected)", hint: "fit the pipeline again")
}
