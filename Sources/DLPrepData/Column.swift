/// The values of one column in one block: typed contiguous buffers, reused from block to block.
///
/// One of the buffers is in use, as `storage` says; each may be longer than `count`. A column is a
/// reference, so that a kernel works on it in place; only one worker may hold it at a time.
/// Missing rows are marked in `missing`; what their value is means nothing, but a missing code is
/// -1 and nothing else is (in `.codes`).
public final class Column: @unchecked Sendable {
  /// Which buffer holds the values.
  public enum Storage: Sendable {
    /// `floats`: float, and integers once a decimal came up.
    case floats
    /// `integers`: integer, date (days), timestamp (microseconds).
    case integers
    /// `flags`: bool.
    case flags
    /// `codes`: category (with `levels`), and vectors stored as codes.
    case codes
    /// `text`: text, one string a row.
    case text
    /// `sparse`: vectors stored as their entries that aren't zero.
    case sparse
  }

  /// How many rows it has.
  public private(set) var count = 0
  /// Which buffer holds the values.
  public private(set) var storage = Storage.floats
  /// Which rows are missing.
  public var missing = Bitmap()
  /// Values of `.floats`.
  public var floats: [Double] = []
  /// Values of `.integers`.
  public var integers: [Int64] = []
  /// Values of `.flags`: 0 or 1.
  public var flags: [UInt8] = []
  /// Values of `.codes`: into `levels`, or the component that is 1; -1 is missing or none.
  public var codes: [Int32] = []
  /// Values of `.text`.
  public var text = ByteStrings()
  /// Values of `.sparse`.
  public var sparse = SparseRows()
  /// What the codes of a category stand for.
  public var levels: Levels?

  /// An empty column.
  public init() {}

  /// Makes room for `count` rows in one buffer, none of them missing; old values mean nothing.
  public func prepare(_ storage: Storage, count: Int) {
    missing.reset(count: count)
    resize(storage, count: count)
  }

  /// Changes the buffer in use and leaves the missing rows as they are.
  public func become(_ storage: Storage) { resize(storage, count: count) }

  private func resize(_ storage: Storage, count: Int) {
    self.storage = storage
    self.count = count
    switch storage {
    case .floats: Self.lengthen(&floats, 0, to: count)
    case .integers: Self.lengthen(&integers, 0, to: count)
    case .flags: Self.lengthen(&flags, 0, to: count)
    case .codes: Self.lengthen(&codes, -1, to: count)
    case .text: text.removeAll()
    case .sparse: sparse.removeAll()
    }
  }

  private static func lengthen<T>(_ array: inout [T], _ value: T, to count: Int) {
    if array.count < count {
      array.append(contentsOf: repeatElement(value, count: count - array.count))
    }
  }

  /// Makes the values floats, where they are integers or flags.
  public func convertToFloats() {
    switch storage {
    case .integers:
      become(.floats)
      let (count, integers) = (count, integers)
      unsafe floats.withUnsafeMutableBufferPointer { floats in
        for i in 0..<count { unsafe floats[i] = Double(integers[i]) }
      }
    case .flags:
      become(.floats)
      let (count, flags) = (count, flags)
      unsafe floats.withUnsafeMutableBufferPointer { floats in
        for i in 0..<count { unsafe floats[i] = Double(flags[i]) }
      }
    case .floats, .codes, .text, .sparse: break
    }
  }
}
