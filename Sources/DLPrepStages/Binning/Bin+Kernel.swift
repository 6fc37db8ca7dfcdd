public import DLPrepData
public import DLPrepPipeline

extension Bin {
  /// Opens the work.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let inner = learned.inner
    let output = output
    let policy = common.missing ?? .keep
    // A missing value where none was missing at fit has no component.
    let hasBin = policy == .category && (output != .oneHot || learned.hasMissing)
    let missingCode = hasBin ? Int32(learned.labels.count) : -1
    let made = Levels((learned.labels + ["missing"]).map { Array($0.utf8) })
    var codes: [Int32] = []
    return { block, run in
      let column = block.columns[slots.input]
      let count = column.count
      if policy == .error { run.failMissing(column, of: block) }
      column.convertToFloats()
      if codes.count < count {
        codes.append(contentsOf: repeatElement(0, count: count - codes.count))
      }
      findBins(column, inner, &codes)
      column.missing.forEachMissing { codes[$0] = missingCode }
      if policy == .category && !hasBin { run.count("unseen", column.missing.total) }
      if policy == .category || policy == .ignore { column.missing.clear() }
      let missing = column.missing
      column.prepare(output == .ordinal ? .integers : .codes, count: count)
      column.missing = missing
      if output == .ordinal {
        let found = codes
        unsafe column.integers.withUnsafeMutableBufferPointer { integers in
          for row in 0..<count { unsafe integers[row] = Int64(found[row]) }
        }
      } else {
        swap(&column.codes, &codes)
        column.levels = output == .label ? made : nil
      }
    }
  }

  /// Opens the way back: the middle between a bin's edges.
  public func inverseKernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel? {
    let middles = zip(learned.edges, learned.edges.dropFirst()).map { ($0 + $1) / 2 }
    let output = output
    let codes = CodeReader()
    let labels = Levels(learned.labels.map { Array($0.utf8) })
    return { block, run in
      let column = block.columns[slots.input]
      let count = column.count
      var bins: [Int] = []
      var missing = column.missing
      switch output {
      case .ordinal:
        column.convertToFloats()
        bins = column.numbers().map { Int(exactly: $0.rounded()) ?? -1 }
      case .oneHot:
        missing.clear()
        bins = block.largestComponents(slots.outputs, impliesFirst: false).map { Int($0) }
      case .label:
        unsafe codes.read(column) { levels, codes in
          let known = levels.codes(in: labels)
          bins = unsafe codes.map { $0 < 0 ? -1 : Int(known[Int($0)]) }
        }
      }
      column.prepare(.floats, count: count)
      for row in 0..<count where !missing[row] && middles.indices.contains(bins[row]) {
        column.floats[row] = middles[bins[row]]
      }
      for row in 0..<count {
        column.missing[row] = missing[row] || !middles.indices.contains(bins[row])
      }
    }
  }
}

/// The bin of each number: how many inner edges are not above it (numpy's
/// `searchsorted(edges, x, side="right")`).
private func findBins(_ column: Column, _ inner: [Double], _ codes: inout [Int32]) {
  let count = column.count
  unsafe column.floats.withUnsafeBufferPointer { numbers in
    unsafe codes.withUnsafeMutableBufferPointer { codes in
      if inner.count <= 16 {
        for row in 0..<count { unsafe codes[row] = 0 }
        for edge in inner {
          for row in 0..<count { unsafe codes[row] &+= numbers[row] >= edge ? 1 : 0 }
        }
        return
      }
      for row in 0..<count {
        let number = unsafe numbers[row]
        var low = 0
        var high = inner.count
        while low < high {
          let middle = (low + high) / 2
          if inner[middle] <= number { low = middle + 1 } else { high = middle }
        }
        unsafe codes[row] = Int32(low)
      }
    }
  }
}
