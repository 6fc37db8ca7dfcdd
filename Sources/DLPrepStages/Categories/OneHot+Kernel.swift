public import DLPrepData
public import DLPrepPipeline

extension OneHot {
  /// Opens the work: the column becomes one of codes, each the component that is 1.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let shift = learned.isFirstDropped ? 1 : 0
    let pool = learned.pooled.count > 0 ? learned.values.count - shift : -1
    let end = learned.values.count + (learned.pooled.count > 0 ? 1 : 0) - shift
    // Without a pool an unseen value would be all zeros, as the dropped category is.
    let isAmbiguous = learned.isFirstDropped && pool < 0
    let usesPool = (common.unknown ?? .other) == .other
    let unknown = isAmbiguous && usesPool ? .fail : unknownAction
    let missingIsUnseen = encoderMissing == .category && !learned.hasMissing
    let missing = missingIsUnseen ? (usesPool ? pool : -1) : end
    let refusesMissing = missingIsUnseen && unknown == .fail
    let map = CategoryMap<Int32>(
      missing: encoderMissing == .category ? Int32(missing) : -1,
      refusesMissing ? .error : encoderMissing, unknown: usesPool ? Int32(pool) : -1, unknown)
    let values = SortedStrings(learned.values)
    let pooled = SortedStrings(learned.pooled)
    return { block, run in
      let column = block.columns[slots.input]
      if missingIsUnseen { run.count("unseen", column.missing.total) }
      map.read(slots.input, of: block, run) { bytes in
        if let value = values.index(of: bytes) { return Int32(value - shift) }
        return pooled.index(of: bytes) == nil ? nil : Int32(pool)
      }
      map.storeComponents(in: column)
    }
  }

  /// Opens the way back: the category of the largest component.
  ///
  /// Without any above 0 it is the category that was left out, else missing. Scores do as well as 0
  /// and 1: the category left out has what they lack of 1.
  public func inverseKernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel? {
    let shift: Int32 = learned.isFirstDropped ? 1 : 0
    var values = (0..<learned.values.count).map { learned.values[$0] }
    if learned.pooled.count > 0 { values.append(Array("other".utf8)) }
    let missing = Int32(values.count)
    let restored = RestoredValues(values, as: field.type)
    return { block, _ in
      let isMissing = slots.outputs.first.map { block.columns[$0].missing }
      var numbers = block.largestComponents(slots.outputs, impliesFirst: shift == 1)
      for row in numbers.indices {
        let number = numbers[row] + shift
        numbers[row] = number == missing || isMissing?[row] == true ? -1 : number
      }
      restored.store(numbers, in: block.columns[slots.input])
    }
  }
  /// The type that the column had.
  public func restoredType(of field: Field) -> DataType { field.type }
}
