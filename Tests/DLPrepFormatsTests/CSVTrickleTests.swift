import DLPrepBytes
import DLPrepData
import Testing

@testable import DLPrepFormats

/// A pipe whose writer pauses after every few bytes.
private final class Trickle: ByteSource, @unchecked Sendable {
  // Unchecked: a source belongs to one thread at a time.
  let name = "trickle"
  let isQuiet = true
  private var rest: ArraySlice<UInt8>
  private let piece: Int

  init(_ bytes: [UInt8], _ piece: Int) {
    rest = bytes[...]
    self.piece = piece
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(PrepError) -> Int {
    let some = rest.prefix(min(piece, buffer.count))
    unsafe buffer.copyBytes(from: some)
    rest = rest.dropFirst(some.count)
    return some.count
  }
}

@Suite struct CSVTrickleTests {
  private func source(
    _ bytes: [UInt8], _ piece: Int, _ options: InputOptions = InputOptions()
  ) throws(PrepError) -> CSVSource {
    let text = TextInput(Trickle(bytes, piece)) { Trickle(bytes, piece) }
    let source = try CSVSource(text, options)
    source.handOverWhatIsThere()
    return source
  }

  @Test func recordsAreHandedOverAsTheyCome() throws {
    let source = try source(Array("a,b\n1,2\n3,\"4\n5\"\n6,7\n".utf8), 4)
    let records = source.makeRecords()
    var counts: [Int] = []
    while try source.read(into: records) { counts.append(records.count) }
    #expect(counts == [1, 1, 1])
  }

  @Test func aWholeBlockIsWaitedForWhereNothingStreams() throws {
    let bytes = Array("a,b\n1,2\n3,4\n".utf8)
    let source = try CSVSource(TextInput(Trickle(bytes, 4)), InputOptions())
    let records = source.makeRecords()
    #expect(try source.read(into: records))
    #expect(records.count == 2)
  }

  @Test func pausesChangeNothing() throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = CSVPropertyTests.Generator(state: seed)
    let alphabet: [String] = ["a", ",", "\"", "\n", "\r", "\r\n", "é", "\"\"", ",\"", "\"\n", "#"]
    for round in 0..<400 {
      let length = Int.random(in: 0..<60, using: &generator)
      let text = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "" }
      let bytes = Array(text.joined().utf8)
      var options = InputOptions()
      options.badRows = [.error, .reject, .keep][round % 3]
      options.nullValues = []
      if round % 5 == 0 { options.comment = 35 }
      let whole = Reading { () throws(PrepError) in
        try CSVSource(bytes: bytes, name: "trickle", options: options)
      }
      for piece in [1, 3, 8] {
        let trickled = Reading { () throws(PrepError) in try source(bytes, piece, options) }
        #expect(trickled == whole, "seed \(seed), round \(round), pieces of \(piece): \(bytes)")
      }
    }
  }
}
