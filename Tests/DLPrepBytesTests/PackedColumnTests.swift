import DLPrepData
import Testing

@testable import DLPrepBytes

/// Columns come back from few bytes as they went in, bit by bit.
struct PackedColumnTests {
  private func floats(_ values: [Double], missing: Set<Int> = []) -> Column {
    let column = Column()
    column.prepare(.floats, count: values.count)
    column.floats = values
    for row in missing { column.missing[row] = true }
    return column
  }

  private func unpacked(_ packed: PackedColumn) -> Column {
    let column = Column()
    // Memory that was used before, and for more.
    column.prepare(packed.storage, count: packed.count + 7)
    packed.unpack(into: column)
    return column
  }

  private func expectSame(_ values: [Double], bytesPerValue: Double, missing: Set<Int> = []) {
    let packed = PackedColumn(floats(values, missing: missing))
    let back = unpacked(packed)
    #expect(back.count == values.count && back.storage == .floats)
    for row in values.indices {
      #expect(back.missing[row] == missing.contains(row))
      if missing.contains(row) { continue }
      #expect(back.floats[row].bitPattern == values[row].bitPattern, "row \(row)")
    }
    #expect(Double(packed.bytes.count) <= bytesPerValue * Double(values.count) + 16)
  }

  @Test func numbersOfFewDecimalsTakeFewBytes() {
    expectSame((0..<1000).map { Double($0 * 37 % 30000) / 100 }, bytesPerValue: 2)
    expectSame((0..<1000).map { Double($0 * 7919 % 300_000 - 50000) / 10000 }, bytesPerValue: 3)
    expectSame((0..<1000).map { Double($0 * 104_729 - 40_000_000) / 1_000_000 }, bytesPerValue: 4)
    expectSame((0..<1000).map { Double($0 * 6_700_417 + 3) / 1e6 }, bytesPerValue: 5)
    expectSame((0..<1000).map { Double($0 * $0 + 1) / 1e13 }, bytesPerValue: 3)
    expectSame(Array(repeating: 0.1, count: 1000), bytesPerValue: 0)
  }

  @Test func numbersThatAreNoDecimalsStandAsTheyAre() {
    expectSame((1...1000).map { 1 / Double($0 * 3) }, bytesPerValue: 8)
    expectSame(
      [.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, 1.7e308, 1e22], bytesPerValue: 8)
    expectSame([], bytesPerValue: 0)
  }

  @Test func fewOddNumbersStandBesideTheDecimals() {
    var values = (0..<4000).map { Double($0 % 500) / 10 }
    for (i, odd) in [1 / 3.0, .nan, -0.0, .infinity, 1e300, 0.1 + 0.2].enumerated() {
      values[i * 601 + 17] = odd
    }
    expectSame(values, bytesPerValue: 2.1)
  }

  @Test func whatMissingRowsHoldTakesNoRoom() {
    var values = (0..<640).map { Double($0 % 200) }
    let missing: Set<Int> = [0, 63, 64, 127, 300, 639]
    for row in missing { values[row] = 1 / 7 }
    expectSame(values, bytesPerValue: 1.2, missing: missing)
    expectSame(Array(repeating: .nan, count: 65), bytesPerValue: 8.3, missing: Set(0..<65))
  }

  @Test(arguments: [0, 1, 63, 64, 65, 1000])
  func integersOfEveryWidthComeBack(_ count: Int) {
    for bits in 0..<64 {
      let column = Column()
      column.prepare(.integers, count: count)
      for row in 0..<count {
        let spread =
          row % 3 == 0 ? (1 as UInt64) << UInt64(bits) : UInt64(row) % (1 << UInt64(bits))
        column.integers[row] = Int64(bitPattern: spread) &- 12345
      }
      let packed = PackedColumn(column)
      let back = unpacked(packed)
      #expect(Array(back.integers[..<count]) == column.integers, "bits \(bits)")
      #expect(packed.bytes.count <= (bits / 8 + 1) * count + 16)
    }
    let column = Column()
    column.prepare(.integers, count: 2)
    column.integers = [.min, .max]
    #expect(Array(unpacked(PackedColumn(column)).integers[..<2]) == [.min, .max])
  }

  @Test func codesFlagsTextsAndEntriesComeBack() {
    let codes = Column()
    codes.prepare(.codes, count: 300)
    codes.levels = Levels()
    for row in 0..<300 { codes.codes[row] = Int32(row % 7) - 1 }
    codes.codes[299] = 70_000
    for row in stride(from: 0, to: 300, by: 7) { codes.missing[row] = true }
    let backCodes = unpacked(PackedColumn(codes))
    #expect(Array(backCodes.codes[..<300]) == codes.codes)
    #expect(backCodes.missing == codes.missing && backCodes.levels === codes.levels)

    let flags = Column()
    flags.prepare(.flags, count: 130)
    for row in 0..<130 { flags.flags[row] = row % 3 == 0 ? 1 : 0 }
    let packed = PackedColumn(flags)
    #expect(packed.bytes.count == 24)
    #expect(Array(unpacked(packed).flags[..<130]) == flags.flags)

    let text = Column()
    text.prepare(.text, count: 3)
    for string in ["", "größer", "b"] { text.text.append(string.utf8) }
    #expect(unpacked(PackedColumn(text)).text == text.text)
  }
}
