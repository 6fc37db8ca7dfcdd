import CDLPrepScan
import Testing

@Suite struct RowsTests {
  /// Starts and field ends of the records accepted, and what was ragged.
  private func rows(
    _ text: String,
    _ columns: UInt32,
    known: Bool = true
  ) -> (starts: [UInt32], ends: [UInt32], ragged: [[Int]], blank: Int) {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 64)
    let indexed = Indexed(text, kind: dlp_index_best())
    var positions = indexed.positions
    let count = unsafe dlp_complete(bytes, positions, positions.count)
    var starts = [UInt32](repeating: 0, count: count + 1)
    var state = dlp_rows_state()
    var ragged: [[Int]] = []
    while unsafe dlp_rows(
      bytes,
      &positions,
      count,
      columns,
      known ? indexed.recordEnds : 0,
      &starts,
      &state
    ) == 1 {
      ragged.append([Int(state.ragged_start), Int(state.ragged_fields)])
    }
    #expect(state.read == count)
    let kept = state.records * Int(columns)
    return (Array(starts[..<state.records]), Array(positions[..<kept]), ragged, state.blank)
  }

  @Test(arguments: [true, false]) func rectangular(known: Bool) {
    let found = rows("a,b\n1,2\r\n3,4\n", 2, known: known)
    #expect(found.starts == [0, 4, 9])
    #expect(found.ends == [1, 3, 5, 8, 10, 12])
    #expect(found.ragged.isEmpty && found.blank == 0)
  }

  @Test(arguments: [true, false]) func raggedAndBlankAreTakenOut(known: Bool) {
    let found = rows("a,b\n\n1\r\n3,4\n5,6,7\n\r\n8,9\n", 2, known: known)
    #expect(found.starts == [0, 8, 20])
    #expect(found.ends == [1, 3, 9, 11, 21, 23])
    #expect(found.ragged == [[5, 1], [12, 3]])
    #expect(found.blank == 2)
  }

  @Test func sameCountsButNotRectangular() {
    // Three record ends for six positions, as two columns want, but 3 + 1 + 2 fields.
    let found = rows("a,b,c\nd\ne,f\n", 2)
    #expect(found.ragged == [[0, 3], [6, 1]])
    #expect(found.starts == [8])
  }

  @Test func anEmptyLineOfOneColumnIsARecord() {
    let found = rows("a\n\nb\n", 1)
    #expect(found.starts == [0, 2, 3] && found.blank == 0)
  }

  @Test func anIncompleteRecordIsLeft() {
    let text = Array("a,b\nc,d".utf8) + [UInt8](repeating: 0, count: 64)
    #expect(unsafe dlp_complete(text, [1, 3, 5], 3) == 2)
    #expect(unsafe dlp_complete(text, [1], 1) == 0)
  }
}
