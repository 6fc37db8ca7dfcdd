import DLPrepBytes
import DLPrepData
import DLPrepFormats
import Testing

@Suite struct CSVPropertyTests {
  /// A small generator whose seed a failure names.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      return XXH64.hash(number: state)
    }
  }

  private func text(_ generator: inout Generator) -> [UInt8] {
    let alphabet: [[UInt8]] = [
      [97], [44], [34], [10], [13], [13, 10], [32], [49], [0xC3, 0xA9], [34, 34], [44, 34],
      [34, 10], [10, 34], [35], [59], [0xFF], [0],
    ]
    // Most texts are nearly right; broken bytes are rare.
    let usable = Int.random(in: 0..<8, using: &generator) == 0 ? alphabet.count : 14
    let length = Int.random(in: 0..<60, using: &generator)
    return (0..<length).flatMap { _ in
      alphabet[Int.random(in: 0..<usable, using: &generator)]
    }
  }

  private func read(_ bytes: [UInt8], _ options: InputOptions, _ blockBytes: Int) -> Reading {
    var options = options
    options.blockBytes = blockBytes
    options.nullValues = []
    return Reading { () throws(PrepError) in try CSVSource(bytes: bytes, options: options) }
  }

  @Test func blocksOfAnySizeGiveTheSameTableOrTheSameError() {
    let seed = UInt64.random(in: .min ... .max)
    var generator = Generator(state: seed)
    var good = 0
    for round in 0..<600 {
      let bytes = text(&generator)
      var options = InputOptions()
      options.badRows = [.error, .error, .reject, .keep][round % 4]
      if round % 7 == 0 { options.comment = 35 }
      if round % 11 == 0 { options.trim = true }
      if round % 13 == 0 { options.header = false }
      let whole = read(bytes, options, 1 << 20)
      if whole.error == nil { good += 1 }
      for size in [1, 2, 3, 5, 17, 64] {
        let small = read(bytes, options, size)
        #expect(small == whole, "seed \(seed), round \(round), blocks of \(size): \(bytes)")
      }
      // An escape that never comes up sends everything the slow way.
      options.escape = 7
      let slow = read(bytes, options, 1 << 20)
      #expect(slow == whole, "seed \(seed), round \(round), record by record: \(bytes)")
    }
    #expect(good > 40)
  }

  @Test func rejectedRecordsDoNotDependOnBlocks() throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = Generator(state: seed)
    for round in 0..<300 {
      let bytes = Array("a,b\n".utf8) + text(&generator)
      var found: [[RejectedRecord]] = []
      var counts: [ReadCounts] = []
      for size in [1, 17, 1 << 20] {
        var options = InputOptions()
        options.badRows = .reject
        options.blockBytes = size
        let source = try CSVSource(bytes: bytes, options: options)
        let records = source.makeRecords()
        let block = Block(slots: 1)
        let plan = ReadPlan(columns: [ReadColumn(source: 0, slot: 0, type: .float)], slots: 1)
        var evidence: [Int: TypeEvidence] = [:]
        var all: [RejectedRecord] = []
        var rows = 0
        do throws(PrepError) {
          while try source.read(into: records) {
            try records.parse(plan, into: block, evidence: &evidence)
            all += records.rejects
            block.dropRemoved()
            rows += block.count
          }
        } catch {
          all.append(
            RejectedRecord(
              file: "", record: -1, line: error.place?.line ?? 0, byteOffset: 0, code: error.code,
              message: error.message, bytes: []))
        }
        #expect(all.map(\.record) == all.map(\.record).sorted() || all.last?.record == -1)
        #expect(rows + source.counts.rejected == source.counts.records)
        found.append(all)
        counts.append(source.counts)
      }
      #expect(found[0] == found[2], "seed \(seed), round \(round): \(bytes)")
      #expect(found[1] == found[2], "seed \(seed), round \(round): \(bytes)")
      #expect(counts[0].rejected == counts[2].rejected)
      #expect(counts[0].bytes == counts[2].bytes)
    }
  }
}
