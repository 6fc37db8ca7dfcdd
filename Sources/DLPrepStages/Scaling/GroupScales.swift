public import DLPrepBytes
public import DLPrepData
public import DLPrepPipeline

/// What a scaler has learned of all rows, and with `by` of each group of rows.
///
/// Without groups it is saved as what it has learned of all rows, so that nothing tells of groups
/// where there are none.
@dynamicMemberLookup
public struct GroupScales<Scale: Savable>: Savable {
  /// What goes for all rows, and for groups that weren't seen.
  public var all: Scale
  /// What goes for each group.
  public var groups: [Scale] = []
  /// The groups.
  public var keys = GroupKeys()

  /// One scale for all rows.
  public init(_ all: Scale) { self.all = all }

  /// What goes for unseen groups, and for each group.
  var known: [Scale] { [all] + groups }

  /// What goes for all rows.
  public subscript<Value>(dynamicMember path: KeyPath<Scale, Value>) -> Value {
    all[keyPath: path]
  }

  /// What is learned of all rows, with members for the groups where there are some.
  public var saved: JSON {
    if groups.isEmpty { return all.saved }
    return .object([
      JSON.Member("all", all.saved), JSON.Member("groups", groups.saved),
      JSON.Member("keys", keys.saved),
    ])
  }

  /// Reads either form.
  public init(loading json: JSON) throws(PrepError) {
    guard let keys = json["keys"] else {
      self.init(try Scale(loading: json))
      return
    }
    self.init(try Scale(loading: json["all"] ?? .null))
    self.keys = try GroupKeys(loading: keys)
    groups = try [Scale](loading: json["groups"] ?? .null)
    guard groups.count == self.keys.count else {
      throw PrepError(
        .artifact, "expected a scale for each group", hint: "fit the pipeline again")
    }
  }
}

extension ColumnStage {
  /// Questions about all rows, and with `by` the same about each group.
  func asked(_ statistics: [Statistic]) -> [Statistic] {
    groupColumns.isEmpty ? statistics : statistics + statistics.map { .grouped($0) }
  }

  /// What is learned of all rows and of each group; a group that nothing is known of goes by all
  /// rows.
  func scales<Scale: Savable>(
    from answers: Answers, for field: Field,
    isKnown: (Answers) -> Bool = { $0.count.rows > $0.count.missing },
    learn: (Answers) throws(PrepError) -> Scale
  ) throws(PrepError) -> GroupScales<Scale> {
    try answers.requireValues(of: field)
    var scales = GroupScales(try learn(answers))
    guard let groups = answers.groups else { return scales }
    scales.keys = groups.keys
    for answers in groups.answers {
      scales.groups.append(isKnown(answers) ? try learn(answers) : scales.all)
    }
    return scales
  }

  /// Opens a kernel that changes each number by the scale of its row's group, in place.
  ///
  /// The first scale is for groups that weren't seen, those of `keys` follow. Missing values are
  /// kept, or an error.
  func scaleKernel<Scale>(
    _ keys: GroupKeys, _ known: [Scale], _ slots: Slots,
    _ change: @escaping (Double, Scale) -> Double
  ) -> Kernel {
    let work = groupKernel(keys, known, slots, change)
    guard common.missing == .error else { return work }
    return { block, run in
      run.failMissing(block.columns[slots.input], of: block)
      work(block, run)
    }
  }

  /// Opens the way back, where missing values stay missing.
  func inverseKernel<Scale>(
    by scales: GroupScales<Scale>, _ slots: Slots, _ change: @escaping (Double, Scale) -> Double
  ) -> Kernel {
    let all = scales.all
    return scales.groups.isEmpty
      ? inverseFloats(slots) { change($0, all) }
      : groupKernel(scales.keys, scales.known, slots, change)
  }

  /// Opens a kernel that changes each number by the scale of its row's group and nothing else.
  func groupKernel<Scale>(
    _ keys: GroupKeys, _ known: [Scale], _ slots: Slots,
    _ change: @escaping (Double, Scale) -> Double
  ) -> Kernel {
    let index = GroupIndex(keys)
    return { block, run in
      let groups = index.groups(of: block, slots.keys)
      unsafe block.changeFloats(slots.input) { numbers in
        for row in 0..<numbers.count {
          // An unseen group is -1.
          unsafe numbers[row] = change(numbers[row], known[groups[row] + 1])
        }
      }
    }
  }
}
