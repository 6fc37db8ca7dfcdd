public import DLPrepData

/// Text in another encoding, as UTF-8; bytes that mean nothing are an error with their place.
public final class TranscodingSource: ByteSource, @unchecked Sendable {
  // Unchecked: a source belongs to one thread at a time.
  private let base: any ByteSource
  private let encoding: TextEncoding
  private let input = RawBuffer(capacity: 1 << 15)
  private var position = TextPosition()
  /// UTF-8 that nobody has asked for yet.
  private var ready: [UInt8] = []
  private var taken = 0
  /// Bytes of a unit, or units of a pair, that isn't complete.
  private var half: UInt8?
  private var leading: UInt16?
  /// An error comes after all text before it.
  private var failure: PrepError?
  private var ended = false

  /// Reads a source (its byte order mark taken off) as text in an encoding other than UTF-8.
  public init(_ base: any ByteSource, from encoding: TextEncoding) {
    self.base = base
    self.encoding = encoding
  }

  /// The name of the source below.
  public var name: String { base.name }

  /// Converts the next bytes.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(PrepError) -> Int {
    if unsafe buffer.isEmpty { return 0 }
    while taken == ready.count {
      if let failure { throw failure }
      if ended { return 0 }
      ready.removeAll(keepingCapacity: true)
      taken = 0
      do throws(PrepError) {
        try convertMore()
      } catch {
        failure = error
      }
    }
    let count = min(buffer.count, ready.count - taken)
    unsafe ready.withUnsafeBytes { all in
      unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[taken..<taken + count]))
    }
    taken += count
    return count
  }

  /// Whether all that came was converted, and nothing is at hand below.
  public var isQuiet: Bool { taken == ready.count && !ended && failure == nil && base.isQuiet }

  private func convertMore() throws(PrepError) {
    let got = unsafe try base.read(into: input.bytes)
    if got == 0 {
      ended = true
      if half != nil { throw bad("half a 16-bit unit at the end of the file") }
      if leading != nil { throw bad("half a surrogate pair at the end of the file") }
      return
    }
    for i in 0..<got {
      let byte = unsafe input.bytes[i]
      switch encoding {
      case .utf8: ready.append(byte)
      case .latin1: append(UInt32(byte))
      case .cp1252:
        guard let scalar = WindowsLatin.scalar(of: byte) else {
          throw bad("the byte \(hexadecimal(byte, 2)), which cp1252 doesn't define")
        }
        append(scalar)
      case .utf16le, .utf16be:
        guard let first = half else {
          half = byte
          continue
        }
        half = nil
        let (high, low) = encoding == .utf16be ? (first, byte) : (byte, first)
        try take(UInt16(high) << 8 | UInt16(low))
      }
    }
  }

  private func take(_ unit: UInt16) throws(PrepError) {
    let isTrailing = (0xDC00...0xDFFF).contains(unit)
    if let first = leading {
      guard isTrailing else { throw bad("the surrogate \(hexadecimal(first, 4)) on its own") }
      leading = nil
      append(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(unit) - 0xDC00))
    } else if (0xD800...0xDBFF).contains(unit) {
      leading = unit
    } else if isTrailing {
      throw bad("the surrogate \(hexadecimal(unit, 4)) on its own")
    } else {
      append(UInt32(unit))
    }
  }

  private func append(_ value: UInt32) {
    position.pass(value)
    if value < 0x80 {
      ready.append(UInt8(value))
    } else if let units = Unicode.Scalar(value).flatMap(UTF8.encode) {
      ready.append(contentsOf: units)
    }
  }

  private func bad(_ what: String) -> PrepError {
    PrepError(
      .encoding,
      "expected text in \(encoding.rawValue), found \(what)",
      at: Place(file: name, line: position.line, column: position.column),
      hint: "check --encoding, or get a file that isn't damaged"
    )
  }

  private func hexadecimal(_ value: some BinaryInteger, _ width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
