import DLPrepData

/// Which columns make the matrix, and which stand apart.
struct TensorLayout: Sendable {
  /// The columns of the matrix.
  let features: [OutputColumn]
  let target: OutputColumn?
  let weight: OutputColumn?
  let group: OutputColumn?
  /// The values of a group that isn't a number.
  let groups: GroupValues?
  /// Ids and times: a table beside the tensors.
  let ids: [OutputColumn]
  let options: TensorOptions

  /// How many columns the matrix has.
  var width: Int { features.reduce(0) { $0 + $1.field.width } }

  /// Sorts the columns by role; a feature that isn't a number is an error that says what to do.
  init(_ columns: [OutputColumn], _ options: TensorOptions) throws(PrepError) {
    self.options = options
    features = columns.filter { $0.field.role == .feature }
    let targets = columns.filter { $0.field.role == .target }
    let weights = columns.filter { $0.field.role == .weight }
    let groups = columns.filter { $0.field.role == .group }
    guard targets.count <= 1, weights.count <= 1 else {
      let many = targets.count > 1 ? targets : weights
      let names = many.map { "'\($0.field.name)'" }.joined(separator: ", ")
      throw PrepError(
        .column,
        "expected at most one column of role \(many[0].field.role.rawValue), found \(names)")
    }
    target = targets.first
    weight = weights.first
    group = groups.count == 1 && !groups[0].field.type.isVector ? groups[0] : nil
    self.groups =
      switch group?.field.type {
      case .category, .text, .bool: GroupValues()
      default: nil
      }
    let apart: Set<Role> = group == nil ? [.id, .time, .group] : [.id, .time]
    ids = columns.filter { apart.contains($0.field.role) }
    try Self.check(features)
    if let weight, !weight.field.type.isNumeric {
      throw PrepError(
        .type,
        "expected a number as weight, found the \(weight.field.type.name) column "
          + "'\(weight.field.name)'")
    }
  }

  private static func check(_ features: [OutputColumn]) throws(PrepError) {
    let wrong = features.filter {
      switch $0.field.type {
      case .category, .text, .date, .timestamp: true
      case .integer, .float, .bool, .vector: false
      }
    }
    guard let first = wrong.first else { return }
    let names = wrong.prefix(5).map { "'\($0.field.name)' (\($0.field.type.name))" }
    let more = wrong.count > 5 ? " and \(wrong.count - 5) more" : ""
    let hint =
      switch first.field.type {
      case .category: "encode it (one_hot, ordinal_encode, target_encode) or drop it"
      case .text: "encode it (count_encode, one_hot, ordinal_encode) or drop it"
      default: "use datetime_features, or drop it"
      }
    throw PrepError(
      .type, "expected numbers in a tensor, found \(names.joined(separator: ", "))\(more)",
      hint: hint)
  }

  /// The names of the target's classes; empty where it is a number.
  var classes: [[UInt8]] {
    guard let target, !target.field.type.isNumeric else { return [] }
    return target.field.type == .bool ? [[48], [49]] : options.classes
  }

  /// The arrays beside the matrix, in the order of their buffers.
  var arrays: [TensorArray] {
    var arrays: [TensorArray] = []
    if let target {
      let isNumber = target.field.type.isNumeric
      arrays.append(
        TensorArray(
          name: "target", source: isNumber ? .number(target.slot) : .classes(target.slot)))
    }
    if let weight { arrays.append(TensorArray(name: "weight", source: .number(weight.slot))) }
    if let group {
      let source: TensorArray.Source =
        if groups != nil { .groups(group.slot) } else if group.field.type == .float {
          .number(group.slot)
        } else { .whole(group.slot) }
      arrays.append(TensorArray(name: "group", source: source))
    }
    if let slot = options.partSlot {
      arrays.append(TensorArray(name: "part", source: .part(slot)))
    }
    return arrays
  }
}

/// An array of one value a row, beside the matrix.
struct TensorArray: Sendable {
  enum Source: Sendable {
    /// A number, as float64; missing is NaN.
    case number(Int)
    /// A whole number, as int64 (days or microseconds of dates); a missing one is an error.
    case whole(Int)
    /// The number of a group, as int64; missing is -1.
    case groups(Int)
    /// The number of a class, as int64; missing is -1.
    case classes(Int)
    /// 1 for test rows, else 0, as uint8.
    case part(Int)
  }

  var name: String
  var source: Source

  /// Whether its numbers change when all groups are known.
  var isRecoded: Bool { if case .groups = source { true } else { false } }

  /// Whose values they are; nil: nobody's, as those of the part are.
  var slot: Int? {
    switch source {
    case .number(let slot), .whole(let slot), .classes(let slot), .groups(let slot): slot
    case .part: nil
    }
  }

  /// What stands for a missing value.
  var missingWord: String { if case .number = source { "NaN" } else { "-1" } }

  /// How many bytes a row takes.
  var rowBytes: Int { if case .part = source { 1 } else { 8 } }
  /// The type as NumPy calls it.
  var numpyType: String {
    switch source {
    case .number: "<f8"
    case .whole, .classes, .groups: "<i8"
    case .part: "|u1"
    }
  }
  /// The type as safetensors calls it.
  var safetensorsType: String {
    switch source {
    case .number: "F64"
    case .whole, .classes, .groups: "I64"
    case .part: "U8"
    }
  }
}
