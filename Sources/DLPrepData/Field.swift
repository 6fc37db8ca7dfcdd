/// What a column is for.
public enum Role: String, Sendable, Hashable, CaseIterable {
  case feature
  case target
  case id
  case weight
  case group
  case time
  case ignore
}

/// A column's name, type and purpose, and where it came from.
public struct Field: Sendable, Hashable {
  /// The column's name.
  public var name: String
  /// What its values mean.
  public var type: DataType
  /// What it is for.
  public var role: Role
  /// For instants: the time zone whose clocks the column was written by; nil is UTC.
  public var timeZone: String?
  /// The input columns it was made of.
  public var sources: [String]
  /// The addresses of the steps that made or changed it, in order.
  public var steps: [String]
  /// For a vector: the name of each component.
  public var components: [String]
  /// For a vector or a part: the category, bin or part each component stands for.
  public var values: [String]

  /// Makes the field of a column as read: its own source, touched by no step.
  public init(_ name: String, _ type: DataType, role: Role = .feature) {
    self.name = name
    self.type = type
    self.role = role
    sources = [name]
    steps = []
    components = []
    values = []
  }

  /// How many numbers a row holds of it: the width of a vector, else 1.
  public var width: Int {
    if case .vector(let width?) = type { width } else { 1 }
  }
}
