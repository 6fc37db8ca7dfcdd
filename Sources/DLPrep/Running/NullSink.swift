/// Takes rows and forgets them, for runs that only check.
final class NullSink: TableSink {
  let outputs = 0
  let takesAnyOrder = false

  func makeEncoder() -> any BlockEncoder { NullEncoder() }
  func write(_ encoded: borrowing EncodedBlock, firstRow: Int) throws(PrepError) {}
  func finish(rows: Int) throws(PrepError) {}
}

/// Counts rows.
private final class NullEncoder: BlockEncoder {
  func encode(_ block: Block, into encoded: inout EncodedBlock) throws(PrepError) {
    block.dropRemoved()
    encoded.rows = block.count
  }
}
