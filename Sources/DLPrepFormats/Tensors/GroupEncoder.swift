import DLPrepData

/// Numbers the groups of one worker's blocks.
final class GroupEncoder {
  private let values: GroupValues
  /// The values that this worker has met, and their numbers.
  private var met = Levels()
  private var numbers: [Int64] = []
  private static let limit = 1 << 24

  init(_ values: GroupValues) { self.values = values }

  /// The number of each row's group; -1 where it is missing.
  func numbers(_ column: Column, rows: Int) throws(PrepError) -> [Int64] {
    if met.byteCount > Self.limit { (met, numbers) = (Levels(), []) }
    var out = [Int64](repeating: -1, count: rows)
    var byCode: [Int64?] = []
    if column.storage == .codes { byCode = Array(repeating: nil, count: column.levels?.count ?? 0) }
    for row in 0..<rows where !column.missing[row] {
      switch column.storage {
      case .codes:
        let code = Int(column.codes[row])
        guard code >= 0, let levels = column.levels else { continue }
        let known = byCode[code]
        let number = if let known { known } else { try number(met.intern(levels.strings, code)) }
        byCode[code] = number
        out[row] = number
      case .text: out[row] = try number(met.intern(column.text, row))
      case .flags: out[row] = try number(met.intern(column.flags[row] == 0 ? "0" : "1"))
      case .integers, .floats, .sparse: break
      }
    }
    return out
  }

  private func number(_ code: Int32) throws(PrepError) -> Int64 {
    if Int(code) < numbers.count { return numbers[Int(code)] }
    let bytes = met[Int(code)]
    let number = try values.number(bytes.span)
    numbers.append(number)
    return number
  }
}
