import DLPrepData

/// The loops of the evaluation: one pass over contiguous buffers, with the work inlined.

/// Fills `out` with a function of two buffers, and says for each row whether it went wrong.
///
/// The first pass only tells whether any row did; that is rare, so rows are looked for in a second.
@inline(__always)
func combine<A, B, R>(
  _ a: [A], _ b: [B], _ count: Int, into out: inout [R], lost: inout RowMask,
  _ body: (A, B) -> (R, Bool)
) -> Bool {
  unsafe a.withUnsafeBufferPointer { a in
    unsafe b.withUnsafeBufferPointer { b in
      var isBad = false
      unsafe out.withUnsafeMutableBufferPointer { out in
        for i in 0..<count {
          let (value, bad) = unsafe body(a[i], b[i])
          unsafe out[i] = value
          isBad = isBad || bad
        }
      }
      guard isBad else { return false }
      for i in 0..<count where unsafe body(a[i], b[i]).1 {
        lost[i >> 6] |= (1 as UInt64) &<< UInt64(i & 63)
      }
      return true
    }
  }
}

/// Fills `out` with a function of two buffers that never goes wrong.
@inline(__always)
func combine<A, B, R>(
  _ a: [A], _ b: [B], _ count: Int, into out: inout [R], _ body: (A, B) -> R
) {
  unsafe a.withUnsafeBufferPointer { a in
    unsafe b.withUnsafeBufferPointer { b in
      unsafe out.withUnsafeMutableBufferPointer { out in
        for i in 0..<count { unsafe out[i] = body(a[i], b[i]) }
      }
    }
  }
}

/// Fills `out` with a function of a buffer that never goes wrong.
@inline(__always)
func transform<A, R>(_ a: [A], _ count: Int, into out: inout [R], _ body: (A) -> R) {
  unsafe a.withUnsafeBufferPointer { a in
    unsafe out.withUnsafeMutableBufferPointer { out in
      for i in 0..<count { unsafe out[i] = body(a[i]) }
    }
  }
}

/// Fills `out` with a function of a buffer, and says for each row whether it went wrong.
@inline(__always)
func transform<A, R>(
  _ a: [A], _ count: Int, into out: inout [R], lost: inout RowMask, _ body: (A) -> (R, Bool)
) -> Bool {
  unsafe a.withUnsafeBufferPointer { a in
    var isBad = false
    unsafe out.withUnsafeMutableBufferPointer { out in
      for i in 0..<count {
        let (value, bad) = unsafe body(a[i])
        unsafe out[i] = value
        isBad = isBad || bad
      }
    }
    guard isBad else { return false }
    for i in 0..<count where unsafe body(a[i]).1 {
      lost[i >> 6] |= (1 as UInt64) &<< UInt64(i & 63)
    }
    return true
  }
}
