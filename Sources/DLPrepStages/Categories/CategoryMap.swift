import DLPrepData
import DLPrepPipeline

/// A function of a category, worked out once per distinct value and looked up by code: the heart
/// of every stage on categories.
///
/// It keeps the rules for missing and unknown values in one place, counts what is unknown, and
/// reports the first row that a rule refuses.
final class CategoryMap<Value> {
  private let reader = CodeReader()
  private let missingValue: Value
  private let unknownValue: Value
  private let onMissing: MissingPolicy
  private let onUnknown: UnknownAction
  private let finding: UnknownFinding
  private let first: [UInt8]?
  private var table: CodeTable<Value>
  /// By code, shifted by one as in the table: 1 where the value is unknown.
  ///
  /// On its own, because these bytes stay in the cache where the values may not.
  private var unknown: [UInt8] = [0]
  private var isOfBools = false
  /// The dictionary of what the function makes, where it makes categories.
  private(set) var made = Levels()
  private(set) var values: [Value] = []
  private(set) var missing = Bitmap()

  /// A function with a value for missing rows and one for unknown ones; `first` has code 0 in the
  /// dictionary of what is made.
  init(
    missing: Value, _ onMissing: MissingPolicy, unknown: Value, _ onUnknown: UnknownAction,
    _ finding: UnknownFinding = UnknownFinding(), first: [UInt8]? = nil
  ) {
    missingValue = missing
    unknownValue = onUnknown == .missing ? missing : unknown
    self.onMissing = onMissing
    self.onUnknown = onUnknown
    self.finding = finding
    self.first = first
    table = CodeTable(missing: missing)
    startOver()
  }

  /// Works out `values` and `missing` for the rows of a block.
  func read(
    _ slot: Int, of block: Block, _ run: RunContext, _ function: (Span<UInt8>) -> Value?
  ) {
    let column = block.columns[slot]
    let count = column.count
    if made.byteCount > CodeReader.limit { startOver() }
    missing = column.missing
    isOfBools = column.storage == .flags
    if onMissing == .error { run.failMissing(column, of: block) }
    if onMissing == .category || onMissing == .ignore { missing.clear() }
    if values.count < count {
      values.append(contentsOf: repeatElement(missingValue, count: count - values.count))
    }
    unsafe reader.read(column) { levels, codes in
      if table.startsOver(with: levels) { unknown = [0] }
      table.update(levels) { bytes in
        let value = function(bytes)
        unknown.append(value == nil ? 1 : 0)
        return value ?? unknownValue
      }
      let found = unsafe look(up: codes)
      if found > 0 {
        run.count(finding.kind, found)
        unsafe settle(codes, levels, block, run)
      }
    }
  }

  /// Fills `values` by code, and counts the rows whose value is unknown.
  private func look(up codes: UnsafeBufferPointer<Int32>) -> Int {
    var found = 0
    unsafe table.values.withUnsafeBufferPointer { table in
      unsafe unknown.withUnsafeBufferPointer { unknown in
        unsafe values.withUnsafeMutableBufferPointer { values in
          for row in codes.indices {
            let at = unsafe Int(codes[row]) &+ 1
            unsafe values[row] = unsafe table[at]
            found &+= unsafe Int(unknown[at])
          }
        }
      }
    }
    return found
  }

  private func startOver() {
    made = Levels()
    if let first { _ = made.intern(first.span) }
    table = CodeTable(missing: missingValue)
    unknown = [0]
  }

  private func settle(
    _ codes: UnsafeBufferPointer<Int32>, _ levels: Levels, _ block: Block, _ run: RunContext
  ) {
    guard onUnknown != .value else { return }
    for row in codes.indices where unsafe unknown[Int(codes[row]) + 1] == 1 {
      switch onUnknown {
      case .value: break
      case .missing where onMissing == .keep: missing[row] = true
      case .missing where onMissing == .error: fail(row, unsafe levels[Int(codes[row])], block, run)
      case .missing: break
      case .fail: fail(row, unsafe levels[Int(codes[row])], block, run)
      case .reject:
        run.reject(row, of: block, finding.code, message(unsafe levels[Int(codes[row])]))
      }
    }
  }

  private func fail(_ row: Int, _ bytes: [UInt8], _ block: Block, _ run: RunContext) {
    guard block.removed?[row] != true else { return }
    run.fail(row, of: block, finding.code, message(bytes), hint: finding.hint)
  }

  private func message(_ bytes: [UInt8]) -> String {
    let word =
      isOfBools ? (bytes == [48] ? "false" : "true") : String(decoding: bytes, as: UTF8.self)
    return "expected \(finding.expected), found '\(word)'"
  }

  /// Puts a value in the place of a missing one.
  func fill(_ row: Int, with value: Value) {
    values[row] = value
    missing[row] = false
  }

  /// Gives the buffer of values away and takes another for the next block.
  func exchange(_ other: inout [Value]) { swap(&values, &other) }
}
