import DLPrepData

/// What the header of a `.npy` file says: how the numbers are written, and how many.
public struct NPYShape: Sendable, Equatable {
  /// How a number is written, low bytes first.
  public enum Scalar: String, Sendable, CaseIterable {
    case float32 = "<f4"
    case float64 = "<f8"
    case int32 = "<i4"
    case int64 = "<i8"
    case uint8 = "|u1"
    case bool = "|b1"

    /// How many bytes it takes.
    public var bytes: Int {
      switch self {
      case .float32, .int32: 4
      case .float64, .int64: 8
      case .uint8, .bool: 1
      }
    }
  }

  /// How the numbers are written.
  public let scalar: Scalar
  /// How long the array is in each direction.
  public let sizes: [Int]

  /// How many rows a table of it has.
  public var rows: Int { sizes.first ?? 1 }

  /// Reads a header's text, such as `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }`.
  init(_ header: String, file: String) throws(PrepError) {
    func value(_ key: String, upTo end: Character) throws(PrepError) -> Substring {
      guard let start = header.firstRange(of: "'\(key)':")?.upperBound,
        let stop = header[start...].firstIndex(of: end)
      else {
        throw PrepError(
          .format, "expected a NumPy array, found a header without '\(key)'", at: Place(file: file))
      }
      return header[start..<stop]
    }
    let type = try value("descr", upTo: ",").filter { !" '\"".contains($0) }
    guard let scalar = Scalar(rawValue: type) else {
      throw PrepError(
        .format, "expected an array of type float32 or float64, found '\(type)'",
        at: Place(file: file), hint: "convert it: numpy.save(path, x.astype('float64'))")
    }
    if try value("fortran_order", upTo: ",").contains("True") {
      throw PrepError(
        .format, "expected an array row by row, found one column by column",
        at: Place(file: file), hint: "arrange it: numpy.save(path, numpy.ascontiguousarray(x))")
    }
    let shape = try value("shape", upTo: ")").filter { !" (".contains($0) }
    var sizes: [Int] = []
    var total = scalar.bytes
    for part in shape.split(separator: ",") {
      guard let size = Int(part), size >= 0 else {
        throw PrepError(
          .format, "expected the shape of an array, found '(\(shape))'", at: Place(file: file))
      }
      let (product, overflow) = total.multipliedReportingOverflow(by: max(1, size))
      if overflow {
        throw PrepError(
          .format, "expected a smaller array, found (\(shape))", at: Place(file: file))
      }
      total = product
      sizes.append(size)
    }
    (self.scalar, self.sizes) = (scalar, sizes)
  }
}

extension NPYShape: CustomStringConvertible {
  /// As NumPy writes it: `(3, 2)`.
  public var description: String {
    "(\(sizes.map(String.init).joined(separator: ", "))\(sizes.count == 1 ? "," : ""))"
  }
}
