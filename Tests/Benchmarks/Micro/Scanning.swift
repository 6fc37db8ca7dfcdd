import CDLPrepScan

/// The index over bytes, by each implementation that this machine has, and the reading of numbers.
struct Scanning {
  private let size = 1 << 20

  func run() {
    var text: [UInt8] = []
    var draw = Draw(seed: 1)
    while text.count < size {
      for field in 0..<8 {
        text += "\(draw.next() % 1_000_000)".utf8
        text.append(field == 7 ? 10 : 44)
      }
    }
    text += Array(repeating: 0, count: 128)
    let names = ["portable", "SSE", "AVX2", "AVX-512", "NEON"]
    for (kind, name) in names.enumerated() {
      let kind = dlp_kind(UInt32(kind))
      guard dlp_index_supported(kind) != 0 else { continue }
      var positions = [UInt32](repeating: 0, count: size + 64)
      measure("index, \(name)", values: size, unit: "byte", bytes: size, times: 20) {
        var state = dlp_scan_state()
        var info = dlp_scan_info()
        _ = unsafe dlp_index_with(kind, text, size, 44, 34, &state, &positions, &info)
      }
    }
    for (name, digits) in [("short, 123.45", 2), ("long, 17 digits", 0)] { numbers(name, digits) }
  }

  private func numbers(_ name: String, _ digits: Int) {
    var draw = Draw(seed: 2)
    let texts = (0..<100_000).map { _ in
      let number = Double(draw.next() >> 11) * 0x1p-53
      return Array(
        (digits > 0 ? "\(Int(number * 1000)).\(Int(number * 89) + 10)" : "\(number)").utf8)
    }
    var sum = 0.0
    measure("number, \(name)", values: texts.count) {
      for text in texts {
        var number = 0.0
        unsafe text.withUnsafeBufferPointer { bytes in
          _ = unsafe dlp_parse_double(bytes.baseAddress, bytes.count, &number)
        }
        sum += number
      }
    }
    precondition(sum > 0)
  }
}
