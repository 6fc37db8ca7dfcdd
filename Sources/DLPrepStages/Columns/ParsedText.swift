import DLPrepData

/// The key of a value as a pipeline file says it: bools are keyed `0` and `1`.
func categoryKey(_ text: String, for type: DataType) -> [UInt8] {
  switch (type, text) {
  case (.bool, "true"), (.bool, "1"): [UInt8(ascii: "1")]
  case (.bool, "false"), (.bool, "0"): [UInt8(ascii: "0")]
  default: Array(text.utf8)
  }
}

/// The number that a decimal stands for; nil where it is none, or out of range.
func parsedNumber(_ bytes: Span<UInt8>) -> Double? {
  guard isDecimal(bytes), let number = Double(text(bytes)), number.isFinite else { return nil }
  return number
}

/// The whole number that digits stand for; nil where they are none, or beyond 64 bits.
func parsedInteger(_ bytes: Span<UInt8>) -> Int64? { Int64(text(bytes)) }

/// The bool that a word stands for, as a declared column reads it.
func parsedBool(_ bytes: Span<UInt8>) -> UInt8? {
  guard bytes.count <= 5 else { return nil }
  return switch text(bytes).lowercased() {
  case "true", "t", "yes", "y", "1": 1
  case "false", "f", "no", "n", "0": 0
  default: nil
  }
}

/// Bytes as text.
func text(_ bytes: Span<UInt8>) -> String {
  unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
}

/// `[+-]? digits [. digits] [e [+-]? digits]`, with a digit somewhere before the exponent.
private func isDecimal(_ bytes: Span<UInt8>) -> Bool {
  var at = 0
  func skipSign() { if at < bytes.count, bytes[at] == 0x2B || bytes[at] == 0x2D { at += 1 } }
  func skipDigits() -> Int {
    let start = at
    while at < bytes.count, bytes[at] &- 0x30 < 10 { at += 1 }
    return at - start
  }
  skipSign()
  var digits = skipDigits()
  if at < bytes.count, bytes[at] == 0x2E {
    at += 1
    digits += skipDigits()
  }
  guard digits > 0 else { return false }
  if at < bytes.count, bytes[at] | 0x20 == 0x65 {
    at += 1
    skipSign()
    if skipDigits() == 0 { return false }
  }
  return at == bytes.count
}
