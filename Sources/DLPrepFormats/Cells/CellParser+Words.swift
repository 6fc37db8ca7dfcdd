import DLPrepData

extension CellParser {
  /// Truth values.
  func flags(_ target: Column, _ lenient: Bool) {
    target.prepare(.flags, count: cells.rows)
    var row = 0
    while row < rows {
      var truth: Bool?
      if let cell = unsafe text(row) {
        let fits = unsafe !column.isGuess || observe(row, cell, as: .bool)
        if fits {
          truth =
            unsafe lenient ? CellKind.lenientTruth(cell) : CellKind.truth(cell)
          if truth == nil { unsafe reject(row, cell) }
        }
      }
      target.flags[row] = truth == true ? 1 : 0
      if truth == nil { target.missing[row] = true }
      row &+= 1
    }
  }

  /// Codes into a dictionary.
  func codes(_ target: Column, _ levels: Levels) {
    target.prepare(.codes, count: cells.rows)
    target.levels = levels
    let scratch = scratch
    unsafe target.codes.withUnsafeMutableBufferPointer { out in
      var batch = CellBatch()
      var row = 0
      while row < rows {
        if let cell = unsafe text(row) {
          unsafe batch.add(row, cell, levels, out)
          // A cell that had to be put together is gone with the next one.
          if unsafe scratch.holds(cell) { unsafe batch.flush(levels, out) }
          unsafe witness(row, cell)
        } else {
          unsafe out[row] = -1
          target.missing[row] = true
        }
        row &+= 1
      }
      unsafe batch.flush(levels, out)
    }
  }

  /// The bytes as they stand.
  func text(_ target: Column) {
    target.prepare(.text, count: cells.rows)
    var strings = ByteStrings()
    swap(&strings, &target.text)
    var row = 0
    while row < rows {
      if let cell = unsafe text(row) {
        unsafe strings.bytes.append(contentsOf: cell)
        unsafe witness(row, cell)
      } else {
        target.missing[row] = true
      }
      strings.ends.append(strings.bytes.count)
      row &+= 1
    }
    while row < cells.rows {
      strings.ends.append(strings.bytes.count)
      row &+= 1
    }
    swap(&strings, &target.text)
  }

  /// Any text fits, so a guess of text or category only looks as long as a narrower type may.
  @inline(__always) private func witness(_ row: Int, _ cell: UnsafeBufferPointer<UInt8>) {
    guard column.isGuess, !evidence.fits.isEmpty || !evidence.isSeen else { return }
    unsafe _ = observe(row, cell, as: [])
  }
}
