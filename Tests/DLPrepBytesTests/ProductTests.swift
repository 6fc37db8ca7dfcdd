import CDLPrepScan
import Testing

/// Numbers of up to 28 bits and a sign, the largest among them.
private func panel(_ rows: Int, _ seed: UInt64) -> [Int32] {
  (0..<(rows * 16)).map { i in
    if i % 37 == 5 { return 1 << 28 }
    if i % 41 == 3 { return -1 << 28 }
    let hash = (UInt64(i) &+ seed) &* 0x9E37_79B9_7F4A_7C15
    return Int32(truncatingIfNeeded: Int64(hash >> 35)) - 1 << 28
  }
}

@Test(arguments: [0, 1, 7, 64])
func vectorUnitsMultiplyAsNumbersDo(rows: Int) {
  let (a, b) = (panel(rows, 1), panel(rows, 99))
  var (quick, plain) = ([Int64](repeating: 1, count: 256), [Int64](repeating: 2, count: 256))
  unsafe dlp_products(a, b, rows, &quick)
  unsafe dlp_products_plain(a, b, rows, &plain)
  #expect(quick == plain)
  func place(_ column: Int) -> Int { column < 8 ? 2 * column : 2 * (column - 8) + 1 }
  for i in 0..<16 {
    for j in 0..<16 {
      let sum = (0..<rows).reduce(Int64(0)) {
        $0 + Int64(a[$1 * 16 + place(i)]) * Int64(b[$1 * 16 + place(j)])
      }
      #expect(plain[i * 16 + j] == sum)
    }
  }
}
