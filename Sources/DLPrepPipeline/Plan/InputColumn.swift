public import DLPrepData

/// A column of the input as the fit has seen it: the contract for every table that follows.
public struct InputColumn: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// How its cells are read.
  public var type: CellType
  /// What it is for.
  public var role: Role
  /// Whether the type was found out at fit.
  public var isInferred: Bool
  /// Whether it must be there.
  public var isRequired: Bool
  /// Whether no step asks for its type: tables in text show its cells as they were read.
  public var passesAsRead = false
  /// The rules of its time zone, where it is a timestamp that has one.
  public var zone: ZoneTransitions?

  /// Puts together what is known of an input column.
  public init(
    name: String, type: CellType, role: Role, isInferred: Bool = false, isRequired: Bool = true
  ) {
    self.name = name
    self.type = type
    self.role = role
    self.isInferred = isInferred
    self.isRequired = isRequired
  }

  /// The field of the column as read.
  public var field: Field {
    var field = Field(name, type.dataType, role: role)
    if case .timestamp(_, let timeZone) = type { field.timeZone = timeZone }
    return field
  }

  /// How its cells are read at apply: an inferred type is less strict than a declared one.
  var servingType: CellType {
    guard isInferred else { return type }
    switch type {
    case .bool: return .bool(lenient: true)
    default: return type
    }
  }
}
