/// How tensors are written.
public struct TensorOptions: Sendable, Equatable {
  /// The type of the features' numbers; one cast, at the end.
  public enum Scalar: String, Sendable, CaseIterable {
    case float32
    case float64
  }

  /// The type of the features' numbers.
  public var dtype = Scalar.float32
  /// The classes of a category or text target, in the order of their bytes.
  ///
  /// A row's number is that of its class, so they have to be known before the first row is written.
  public var classes: [[UInt8]] = []
  /// The slot of a bool column that is true in test rows; nil without a split.
  public var partSlot: Int?
  /// What stands for a missing value in the table of ids.
  public var nullMarker: [UInt8] = []

  /// float32, no classes, no split.
  public init() {}
}
