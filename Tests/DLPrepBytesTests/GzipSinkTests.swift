import DLPrepBytes
import DLPrepData
import Testing

struct GzipSinkTests {
  /// Keeps what is written.
  final class Kept: ByteSink, @unchecked Sendable {
    let name = "kept"
    var bytes: [UInt8] = []

    func write(_ more: UnsafeRawBufferPointer) throws(PrepError) {
      unsafe bytes.append(contentsOf: more)
    }
  }

  @Test(arguments: [0, 1, 1000, 1 << 20]) func whatIsPackedUnpacksToTheSame(_ count: Int) throws {
    let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    let kept = Kept()
    let sink = try GzipSink(kept)
    var start = 0
    while start < count {
      let end = min(count, start + 77_777)
      try sink.write(Array(text[start..<end]))
      start = end
    }
    try sink.finish()
    #expect(kept.bytes.starts(with: [0x1F, 0x8B]))
    #expect(try GzipSource(MemorySource(kept.bytes)).readAll() == text)
  }

  @Test func theSameTextGivesTheSameBytesHoweverItIsCut() throws {
    let text = Array("a,b\n1,2\n".utf8)
    var packed: [[UInt8]] = []
    for pieces in [[text], text.map { [$0] }] {
      let kept = Kept()
      let sink = try GzipSink(kept)
      for piece in pieces { try sink.write(piece) }
      try sink.finish()
      packed.append(kept.bytes)
    }
    #expect(packed[0] == packed[1])
  }
}
