import DLPrepData
import Testing

@testable import DLPrepBytes

/// igzip and zlib give the same bytes, and refuse the same data.
///
/// Where igzip isn't installed zlib is held against itself, and a note says so.
@Suite struct GzipDecoderTests {
  private func packed(_ bytes: [UInt8]) throws -> [UInt8] {
    let kept = GzipSinkTests.Kept()
    let gzip = try GzipSink(kept)
    try gzip.write(bytes)
    try gzip.finish()
    return kept.bytes
  }

  private func inflated(
    _ bytes: [UInt8], by library: GzipLibrary, piece: Int
  ) -> Result<[UInt8], PrepError> {
    do throws(PrepError) {
      return .success(try GzipSource(MemorySource(bytes, piece: piece), by: library).readAll())
    } catch {
      return .failure(error)
    }
  }

  /// What both make of it.
  @discardableResult
  private func both(
    _ bytes: [UInt8], _ what: String, piece: Int = .max
  ) -> Result<[UInt8], PrepError> {
    let zlib = inflated(bytes, by: .zlib, piece: piece)
    #expect(inflated(bytes, by: .igzip, piece: piece) == zlib, "\(what)")
    return zlib
  }

  private func noteWhichIsTried() {
    if GzipLibrary.inUse == .zlib { print("note: igzip isn't tried: libisal2 isn't installed") }
  }

  @Test(arguments: [1, 7, 4096]) func membersInPiecesComeOutWhole(_ piece: Int) throws {
    noteWhichIsTried()
    var random = SeededBytes(7)
    for count in [0, 1, 5000, 200_000] where piece > 1 || count < 10_000 {
      let text = (0..<count).map { _ in UInt8(97 + random.below(9)) }
      let noise = (0..<count / 4).map { _ in UInt8(random.below(256)) }
      let bytes = try packed(text) + packed([]) + packed(noise) + [0, 0, 0]
      #expect(both(bytes, "\(count) in pieces of \(piece)", piece: piece) == .success(text + noise))
    }
  }

  @Test func cutsAreRefusedAlike() throws {
    let text = (0..<700).map { UInt8(48 + $0 * $0 % 61) }
    let bytes = try packed(text)
    for count in 2..<bytes.count {
      guard case .failure(let error) = both(Array(bytes[..<count]), "cut at \(count)") else {
        Issue.record("a cut at \(count) was accepted")
        continue
      }
      #expect(error.code == .compression)
      #expect(error.message.contains("cut"))
    }
  }

  @Test func damagedBytesAreRefusedAlike() throws {
    var random = SeededBytes(11)
    let text = (0..<2000).map { UInt8(48 + $0 * $0 % 61) }
    let bytes = try packed(text) + packed(text)
    for round in 0..<1500 {
      var other = bytes
      let at = random.below(other.count)
      other[at] ^= UInt8(1 << random.below(8))
      // Data that make no sense may look as if more had to follow: to one, not to the other.
      switch (inflated(other, by: .zlib, piece: .max), inflated(other, by: .igzip, piece: .max)) {
      case (.success(let zlib), .success(let igzip)): #expect(zlib == igzip)
      case (.failure(let zlib), .failure(let igzip)): #expect(zlib.code == igzip.code)
      default: Issue.record("round \(round), byte \(at): refused by one of them")
      }
    }
  }
}
