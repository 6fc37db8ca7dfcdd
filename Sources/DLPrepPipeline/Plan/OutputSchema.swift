public import DLPrepData

/// What a run writes: columns with their slots, and what sinks have to know beside them.
public struct OutputSchema: Sendable {
  /// The columns, in table order, whatever their role.
  public var columns: [OutputColumn]
  /// Columns as read, to be written beside the features.
  public var passthrough: [OutputColumn]
  /// The slot of flags that tell test rows (1) from training rows; nil without a split.
  public var partSlot: Int?
  /// The classes of the target in byte order; empty where it is a number, or absent.
  public var classes: [[UInt8]]
  /// The text of a missing value: the first null marker.
  public var nullMarker: [UInt8]
  /// The type of tensors.
  public var dtype: OutputOptions.Scalar
  /// The pipeline's name.
  public var name: String

  /// The features.
  public var features: [OutputColumn] { columns.filter { $0.field.role == .feature } }

  /// How many numbers a row of the feature matrix has.
  public var featureWidth: Int { features.reduce(0) { $0 + $1.field.width } }
}
