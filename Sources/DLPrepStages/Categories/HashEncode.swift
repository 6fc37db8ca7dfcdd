public import DLPrepData
public import DLPrepPipeline

/// Puts a category into one of a fixed number of components, chosen by its hash.
///
/// ```yaml
/// - hash_encode: {columns: city, buckets: 4}
/// ```
/// ```csv
/// city
/// rome
/// oslo
/// bern
/// NA
/// ```
/// becomes
/// ```csv
/// city#0,city#1,city#2,city#3
/// 0,0,1,0
/// 0,1,0,0
/// 0,1,0,0
/// 0,0,0,1
/// ```
/// It learns nothing, and a value never seen before is as good as any other. The 32-bit MurmurHash3
/// of `column=value` chooses the component; with `signed` the hash's sign says whether it is 1 or
/// -1, so that collisions cancel out. Missing values are a category of their own, whose key is the
/// column's name alone; with `missing: ignore` they are all zeros. Same as scikit-learn
/// `FeatureHasher` on dicts, bit for bit. Cost: none at fit.
public struct HashEncode: ColumnStage {
  /// The key in pipeline files.
  public static let name = "hash_encode"
  /// One sentence for listings.
  public static let summary = "Puts a category into a component chosen by its hash."
  /// What others call it.
  public static let otherNames = [
    "FeatureHasher", "HashingEncoder", "feature_hash", "step_dummy_hash", "hashing trick",
  ]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .missing, .name, .keepOriginal]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .category
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("buckets", \.buckets, in: 1...HashBuckets.most, "How many components there are."),
    .init("signed", \.signed, "Whether half of the categories are -1."),
    .init("seed", \.seed, in: 0...Int(UInt32.max), "What the hash starts from."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.category) { ($0.buckets, $0.signed, $0.seed) = (3, false, 42) },
      Self(.category) { ($0.buckets, $0.common.missing) = (7, .ignore) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many components there are.
  public var buckets = 256
  /// Whether half of the categories are -1.
  public var signed = true
  /// What the hash starts from.
  public var seed = 0
  /// Everything at its default.
  public init() {}

  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isTextual }
  /// It makes components of categories.
  public var purposes: Purposes { .encodes }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Nothing?) -> [Output] {
    [.vector((0..<buckets).map(String.init), "{column}#{value}")]
  }
  /// Opens the work.
  public func kernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel {
    let hashed = HashBuckets(
      buckets, isSigned: signed, seed: UInt32(truncatingIfNeeded: seed))
    let name = Array(field.name.utf8)
    var key: [UInt8] = []
    let hasCategory = encoderMissing == .category
    let missing = { (rows: inout SparseRows) in
      if hasCategory { hashed.add(name.span, to: &rows) }
    }
    let hash = { (text: Span<UInt8>, rows: inout SparseRows) -> Bool in
      key = name
      key.append(UInt8(ascii: "="))
      unsafe text.withUnsafeBufferPointer { unsafe key.append(contentsOf: $0) }
      hashed.add(key.span, to: &rows)
      return false
    }
    let map = SparseMap(isWhole: true, encoderMissing, missing: missing, hash)
    return { block, run in map.apply(slots.input, of: block, run) }
  }
}
