public import DLPrepData

/// What gzip data holds: all members one after the other, every checksum and length verified.
///
/// Zero bytes after the last member are padding; anything else there, a cut or a mismatch is an
/// error, which comes after all bytes that lie before it.
@safe
public final class GzipSource: ByteSource, @unchecked Sendable {
  // Unchecked: a source belongs to one thread at a time.
  private enum Part { case member, between, padding, ended }

  private let base: any ByteSource
  /// What was read, and a margin that a decoder may look at.
  private let buffer = RawBuffer(capacity: 1 << 17 + 64)
  private let decoder: any GzipDecoder
  /// What is left of the buffer.
  private var input: UnsafeMutableRawBufferPointer
  private var part = Part.member
  private var failure: PrepError?

  /// Inflates a source that starts with gzip's magic.
  public convenience init(_ base: any ByteSource) throws(PrepError) {
    try self.init(base, by: .inUse)
  }

  init(_ base: any ByteSource, by library: GzipLibrary) throws(PrepError) {
    self.base = base
    do throws(PrepError) {
      decoder = try library.decoder()
    } catch {
      throw PrepError(error.code, error.message, at: Place(file: base.name))
    }
    unsafe input = .init(rebasing: buffer.bytes[..<0])
  }

  /// The name of the source below.
  public var name: String { base.name }

  /// Inflates the next bytes.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(PrepError) -> Int {
    if let failure { throw failure }
    if buffer.count == 0 { return 0 }
    var output = unsafe buffer
    do throws(PrepError) {
      while output.count == buffer.count, part != .ended { unsafe try advance(&output) }
    } catch {
      failure = error
      if output.count == buffer.count { throw error }
    }
    return buffer.count - output.count
  }

  /// Whether all that came was inflated, and nothing is at hand below.
  public var isQuiet: Bool {
    unsafe input.count == 0 && part != .ended && failure == nil && base.isQuiet
  }

  /// One step: refill, inflate, or decide what follows a member.
  private func advance(_ output: inout UnsafeMutableRawBufferPointer) throws(PrepError) {
    if unsafe input.count == 0, try !refill() {
      if part == .member { throw damaged("is cut: it ends inside a gzip member") }
      part = .ended
      return
    }
    switch part {
    case .member: unsafe try inflate(&output)
    case .between:
      switch unsafe input[0] {
      case 0x1F:
        decoder.reset()
        part = .member
      case 0:
        part = .padding
      default:
        throw damaged("has something other than gzip data after its end")
      }
    case .padding:
      if unsafe input.contains(where: { $0 != 0 }) {
        throw damaged("has something other than gzip data after its end")
      }
      unsafe input = .init(rebasing: input[input.count...])
    case .ended:
      break
    }
  }

  private func inflate(_ output: inout UnsafeMutableRawBufferPointer) throws(PrepError) {
    let hasEnded: Bool?
    do throws(PrepError) {
      hasEnded = unsafe try decoder.step(&input, &output)
    } catch {
      throw PrepError(error.code, error.message, at: Place(file: name))
    }
    guard let hasEnded else { throw damaged("is damaged: its data or its checksum are wrong") }
    if hasEnded { part = .between }
  }

  /// False at the end.
  private func refill() throws(PrepError) -> Bool {
    let got = unsafe try base.read(into: .init(rebasing: buffer.bytes[..<(1 << 17)]))
    unsafe input = .init(rebasing: buffer.bytes[..<got])
    return got > 0
  }

  private func damaged(_ what: String) -> PrepError {
    PrepError(
      .compression,
      "expected whole gzip data, found that the file \(what)",
      at: Place(file: name),
      hint: "get the file again; nothing of it can be trusted"
    )
  }
}
