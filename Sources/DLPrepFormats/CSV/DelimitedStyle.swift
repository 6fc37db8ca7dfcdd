import DLPrepData

/// How CSV and TSV write a cell: quoted only where it has to be.
struct DelimitedStyle: TextStyle {
  let delimiter: UInt8
  let missing: [UInt8]
  let truths = (yes: [UInt8(48 + 1)], no: [UInt8(48)])
  /// By byte: whether a cell that holds it is quoted.
  private let special: [Bool]

  init(delimiter: UInt8, nullMarker: [UInt8]) {
    self.delimiter = delimiter
    var special = Array(repeating: false, count: 256)
    for byte in [delimiter, 10, 13, UInt8(ascii: "\"")] { special[Int(byte)] = true }
    self.special = special
    missing = Self.quoted(nullMarker, special)
  }

  func separator(_ field: Field, _ component: Int) -> [UInt8] {
    component == 0 ? [] : [delimiter]
  }

  func add(_ text: UnsafeBufferPointer<UInt8>, to out: inout RawText) {
    var at = 0
    unsafe special.withUnsafeBufferPointer { special in
      while unsafe at < text.count && !special[Int(text[at])] { at += 1 }
    }
    if at == text.count {
      unsafe out.append(text)
      return
    }
    out.append(UInt8(ascii: "\""))
    for i in 0..<text.count {
      let byte = unsafe text[i]
      if byte == UInt8(ascii: "\"") { out.append(byte) }
      out.append(byte)
    }
    out.append(UInt8(ascii: "\""))
  }

  func addTime(to out: inout RawText, _ write: (inout RawText) -> Void) { write(&out) }

  func addInfinite(_ value: Double, to out: inout RawText) {
    out.append(value < 0 ? "-inf" : "inf")
  }

  /// A name as the header has it; a byte order mark at the start would be taken for the file's.
  func name(_ name: String) -> [UInt8] {
    let bytes = Array(name.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return [UInt8(ascii: "\"")] + bytes.flatMap { $0 == 34 ? [34, 34] : [$0] } + [34]
    }
    return Self.quoted(bytes, special)
  }

  private static func quoted(_ bytes: [UInt8], _ special: [Bool]) -> [UInt8] {
    guard bytes.contains(where: { special[Int($0)] }) else { return bytes }
    return [34] + bytes.flatMap { $0 == 34 ? [34, 34] : [$0] } + [34]
  }
}
