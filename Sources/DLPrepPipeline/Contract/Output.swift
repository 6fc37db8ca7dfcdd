public import DLPrepData

/// What comes of a column: itself in its place, or a column named from a template.
public struct Output: Sendable, Equatable {
  /// What `{value}` stands for; nil is the column itself.
  public var value: String?
  /// The template of the name, with `{column}`, `{value}` and `{stage}`.
  public var template: String
  /// The type of the result.
  public var type: DataType
  /// For a vector: the values that its components stand for.
  public var components: [String]

  /// The column itself, in its place.
  public static func same(_ type: DataType) -> Output {
    Output(value: nil, template: "{column}", type: type, components: [])
  }

  /// A new column, right after what the stage made before it.
  public static func made(
    _ value: String, _ template: String = "{column}_{value}", _ type: DataType
  )
    -> Output
  {
    Output(value: value, template: template, type: type, components: [])
  }

  /// A vector in the column's place, a component for each value; nil: not known before the fit.
  public static func vector(_ values: [String]?, _ template: String = "{column}={value}") -> Output
  {
    Output(
      value: nil, template: template, type: .vector(width: values?.count),
      components: values ?? [])
  }
}
