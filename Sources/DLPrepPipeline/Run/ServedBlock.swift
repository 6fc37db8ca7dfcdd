package import DLPrepData

/// Records on their way through the steps, and the block that they have become.
package final class ServedBlock {
  /// What was read.
  package let records: any RecordBlock
  /// What has become of it.
  package let block: Block
  /// Its place in the order of the input.
  package var sequence = 0
  /// The rows that checks have sent to the rejects.
  var rejects: [RunContext.Failure] = []

  /// Records that are to be parsed into a block.
  package init(_ records: any RecordBlock, _ block: Block) {
    self.records = records
    self.block = block
  }

  /// Whether it is about the record of that number.
  func holds(_ record: Int) -> Bool {
    (records.firstRecord..<records.firstRecord + records.count).contains(record)
  }
}
