public import DLPrepBytes
public import DLPrepData
public import DLPrepPipeline

/// What `impute` has learned of a column: the value for all rows, and with `by` one for each group.
public struct GroupedFill: Savable {
  /// The value for all rows.
  public var fill: FillValue
  /// The values of groups; nil without `by`.
  public var groups: Groups?

  /// The values of groups.
  public struct Groups: SavedByFields {
    /// The groups.
    public var keys = GroupKeys()
    /// The number of each, for a column of numbers.
    public var numbers: [Double] = []
    /// The text of each, for any other column.
    public var texts = ByteStrings()
    /// No group.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("keys", \.keys), .init("numbers", \.numbers), .init("texts", \.texts),
    ]
  }

  init(_ fill: FillValue, _ groups: Groups?) { (self.fill, self.groups) = (fill, groups) }

  /// The value for all rows, and the groups where there are any.
  public var saved: JSON {
    guard let groups, case .object(let members) = fill.saved else { return fill.saved }
    return .object(members + [JSON.Member("groups", groups.saved)])
  }

  /// Reads the values.
  public init(loading json: JSON) throws(PrepError) {
    fill = try FillValue(loading: json)
    groups = try Groups?(loading: json["groups"] ?? .null)
  }

  /// Fills missing rows of a column that comes out as `type`, each with its group's value.
  func kernel(as type: DataType, _ slots: Slots) -> Kernel {
    guard let groups, !fill.isDropped else { return fill.kernel(as: type, slots) }
    let index = GroupIndex(groups.keys)
    let all = fill.kernel(as: type, slots)
    let isText = type == .category || type == .text
    let work = isText ? groups.textKernel(slots) : groups.numberKernel(as: type, slots)
    return { block, run in
      guard block.columns[slots.input].missing.any || isText else { return all(block, run) }
      // What no group knows is left missing, for the value of all rows.
      work(block, index.groups(of: block, slots.keys), run)
      all(block, run)
    }
  }
}

extension GroupedFill.Groups {
  /// Fills missing rows of known groups with numbers.
  fileprivate func numberKernel(
    as type: DataType, _ slots: Slots
  ) -> (Block, [Int], RunContext) -> Void {
    // Bools are counted by their text.
    let numbers = texts.count == 0 ? numbers : (0..<texts.count).map { texts[$0] == [49] ? 1 : 0 }
    return { block, groups, _ in
      let column = block.columns[slots.input]
      if type == .float { column.convertToFloats() }
      column.missing.forEachMissing { row in
        guard groups[row] >= 0 else { return }
        let number = numbers[groups[row]]
        switch column.storage {
        case .floats: column.floats[row] = number
        case .integers: column.integers[row] = Int64(exactly: number) ?? 0
        case .flags: column.flags[row] = number == 0 ? 0 : 1
        case .codes, .text, .sparse: break
        }
        column.missing[row] = false
      }
    }
  }

  /// Fills missing rows of known groups with text.
  fileprivate func textKernel(_ slots: Slots) -> (Block, [Int], RunContext) -> Void {
    let texts = texts
    let map = CategoryMap<Int32>(missing: -1, .keep, unknown: -1, .value)
    return { block, groups, run in
      let column = block.columns[slots.input]
      map.read(slots.input, of: block, run) { map.made.intern($0) }
      map.missing.forEachMissing { row in
        if groups[row] >= 0 { map.fill(row, with: map.made.intern(texts, groups[row])) }
      }
      if column.storage == .text {
        map.storeText(in: column)
      } else {
        map.storeCategory(in: column)
      }
    }
  }
}

extension Impute {
  /// Refuses what goes with groups only, or never.
  func validateGroups() throws(PrepError) {
    if groupColumns.isEmpty, minGroup != 1 {
      throw PrepError(.value, "expected 'by' with 'min_group'")
    }
    if !groupColumns.isEmpty, strategy == .constant || strategy == .endOfTail {
      throw PrepError(
        .value,
        "'strategy': expected mean, median, mode, min or max with 'by', found"
          + " '\(strategy?.rawValue ?? "")'")
    }
  }

  /// Whether it can have been learned.
  public func check(_ loaded: GroupedFill, for field: Field) throws(PrepError) {
    guard let groups = loaded.groups else { return }
    let count = groups.keys.count
    try requireLearned(
      groups.texts.count == (field.type.isKeyed ? count : 0)
        && groups.numbers.count == (field.type.isKeyed ? 0 : count), "a value for each group")
  }

  /// The values of groups with enough values of their own.
  func groups(
    from answers: Answers, for field: Field, _ fill: FillValue
  ) throws(PrepError) -> GroupedFill.Groups? {
    guard let found = answers.groups else { return nil }
    var groups = GroupedFill.Groups()
    var kept: [Int] = []
    for (group, answers) in found.answers.enumerated() {
      let (rows, missing) = answers.count
      guard rows - missing >= minGroup, hasWeight(answers, for: field) else { continue }
      kept.append(group)
      let own = try self.fill(from: answers, for: field)
      if let number = own.number {
        groups.numbers.append(number)
      } else {
        groups.texts.append(own.text, 0)
      }
    }
    groups.keys = found.keys.only(kept)
    return groups
  }
}
