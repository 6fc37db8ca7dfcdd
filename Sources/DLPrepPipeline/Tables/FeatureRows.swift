package import DLPrepData

/// Writes the features of single rows as floats, one after the other; missing is NaN.
package struct FeatureRows {
  private let features: [(slot: Int, width: Int)]
  /// How many numbers a row has.
  package let width: Int

  /// An error where a feature is not a number.
  package init(_ schema: OutputSchema) throws(PrepError) {
    features = schema.features.map { ($0.slot, $0.field.width) }
    width = schema.featureWidth
    for feature in schema.features {
      switch feature.field.type {
      case .integer, .float, .bool, .vector: break
      case .category, .text, .date, .timestamp:
        throw PrepError(
          .type,
          "expected features that are numbers, found '\(feature.field.name)' of type "
            + feature.field.type.name,
          hint: "encode it: one_hot, ordinal_encode, target_encode, datetime_features, or drop it")
      }
    }
  }

  /// Adds one row at the end of `values`.
  func append(_ block: Block, _ row: Int, to values: inout [Float]) {
    let start = values.count
    values.append(contentsOf: repeatElement(0, count: width))
    unsafe values.withUnsafeMutableBufferPointer { buffer in
      unsafe write(block, row, UnsafeMutableBufferPointer(rebasing: buffer[start...]))
    }
  }

  /// Writes one row into a buffer of `width` numbers.
  package func write(
    _ block: Block, _ row: Int, _ values: UnsafeMutableBufferPointer<Float>
  ) {
    var at = 0
    for i in features.indices {
      let feature = features[i]
      let column = block.columns[feature.slot]
      let isMissing = column.missing[row]
      switch column.storage {
      case .floats: unsafe values[at] = isMissing ? .nan : Float(column.floats[row])
      case .integers: unsafe values[at] = isMissing ? .nan : Float(column.integers[row])
      case .flags: unsafe values[at] = isMissing ? .nan : Float(column.flags[row])
      case .codes:
        for component in 0..<feature.width {
          unsafe values[at + component] = isMissing ? .nan : 0
        }
        let code = Int(column.codes[row])
        if !isMissing, code >= 0 { unsafe values[at + code] = 1 }
      case .text: unsafe values[at] = .nan
      case .sparse:
        for component in 0..<feature.width {
          unsafe values[at + component] = isMissing ? .nan : 0
        }
        for i in column.sparse.range(row) where !isMissing {
          unsafe values[at + Int(column.sparse.components[i])] = Float(column.sparse.values[i])
        }
      }
      at += feature.width
    }
  }
}
