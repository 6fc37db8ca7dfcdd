@testable import DLPrepPipeline

// The statistics take spans; tests have arrays.

extension ExactSum {
  mutating func add(_ values: [Double], missing: [UInt64]? = nil) {
    add(values.span, missing: missing?.span)
  }
}

extension ExactMoments {
  mutating func add(_ values: [Double], missing: [UInt64]? = nil) {
    add(values.span, missing: missing?.span)
  }

  mutating func add(_ values: [Int64], missing: [UInt64]? = nil) {
    add(values.span, missing: missing?.span)
  }
}

extension Extremes<Double> {
  mutating func observe(_ values: [Double], missing: [UInt64]? = nil) {
    observe(values.span, missing: missing?.span)
  }
}

extension Extremes<Int64> {
  mutating func observe(_ values: [Int64], missing: [UInt64]? = nil) {
    observe(values.span, missing: missing?.span)
  }
}

extension DistinctUpTo {
  mutating func observe(_ values: [Value], missing: [UInt64]? = nil) {
    observe(values.span, missing: missing?.span)
  }
}

extension QuantileSweep {
  mutating func observe(_ values: [Double], missing: [UInt64]? = nil) {
    observe(values.span, missing: missing?.span)
  }

  mutating func observe(_ values: [Int64]) { observe(values.span) }
}

extension TargetExtent {
  mutating func observe(_ values: [Double]) { observe(values.span) }

  mutating func observe(_ values: [Int64]) { observe(values.span) }
}

extension CategorySums {
  mutating func observe(codes: [Int32], folds: [UInt8], target: [Double]) {
    observe(codes: codes.span, folds: folds.span, target: target.span)
  }

  mutating func observe(codes: [Int32], target: [Int64]) {
    observe(codes: codes.span, target: target.span)
  }
}

/// Hands a whole column over as one chunk.
func all(
  _ values: [Double], missing: [UInt64]? = nil, _ chunk: (Span<Double>, Span<UInt64>?) -> Void
) {
  chunk(values.span, missing?.span)
}
