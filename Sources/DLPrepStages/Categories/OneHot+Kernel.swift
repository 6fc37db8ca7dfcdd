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
}
