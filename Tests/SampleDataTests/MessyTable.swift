/// A small CSV table under construction: quotes where a cell needs them, and loses some cells.
struct MessyTable {
  private(set) var bytes: [UInt8] = []
  private let width: Int

  init(header: [String]) {
    width = header.count
    append(header)
  }

  mutating func append(_ cells: [String]) {
    precondition(cells.count == width, "expected \(width) cells, found \(cells.count)")
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: Self.quoted(Array(cell.utf8)))
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// RFC 4180: quotes around a cell that holds a comma, a quote or a line end, inner quotes doubled.
  private static func quoted(_ cell: [UInt8]) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    guard cell.contains(where: { [quote, UInt8(ascii: ","), 10, 13].contains($0) }) else {
      return cell
    }
    return [quote] + cell.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }
}

extension SplitMix64 {
  /// The cell, or in `perMille` of 1000 draws one of the three ways in which people write "none".
  mutating func maybe(_ cell: String, missing perMille: Int) -> String {
    chance(perMille) ? ["", "NA", "?"][below(3)] : cell
  }
}

/// `value` / 10^places as text: 1234 with 2 places is 12.34.
func decimal(_ value: Int, places: Int) -> String {
  let digits = String(value.magnitude)
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  let text = padded.dropLast(places) + "." + padded.suffix(places)
  return (value < 0 ? "-" : "") + text
}

/// A number with leading zeros, as zip codes and device numbers have them.
func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
