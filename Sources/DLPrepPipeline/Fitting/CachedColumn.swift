import DLPrepBytes
import DLPrepData

/// A part of a training column, packed in memory or on disk.
///
/// What a step made of it may be kept as what it was made from and the work still to be done. Any
/// number of workers may look at a part; one that changes it must be alone with it.
final class CachedColumn: @unchecked Sendable {
  /// The values, while somebody changes them.
  private(set) var inHand: Column?
  /// How many bytes the cache counts for it.
  var accounted = 0
  private var packed: PackedColumn?
  /// The records of its rows, for the work that is still to be done.
  private var rows = Rows()
  private var work: [DeferredWork] = []
  /// Where its bytes lie on disk, and how many there are.
  private var stored: (offset: Int, size: Int)?

  init(_ column: Column) { inHand = column }

  /// How many bytes it takes in memory, with what describes them.
  var byteCount: Int { Self.overhead + (packed?.bytes.count ?? 0) }
  private static let overhead = 256

  /// Puts other values in its place, which are then in hand.
  func replace(by column: Column) { inHand = column }

  /// A column like it without rows.
  func emptied() -> Column {
    let empty = Column()
    empty.prepare(inHand?.storage ?? packed?.storage ?? .floats, count: 0)
    empty.levels = inHand?.levels ?? packed?.levels
    return work.reduce(empty) { $1.done(on: $0, Rows()) }
  }

  /// Packs the values that were in somebody's hand.
  func pack() {
    guard let column = inHand else { return }
    packed = PackedColumn(column)
    work = []
    stored = nil
    inHand = nil
  }

  /// Puts other values in its place, made from those that it has by `again`, which can be done
  /// once more: where that takes less memory, they aren't kept.
  func replace(by column: Column, again: DeferredWork?, _ rows: Rows) {
    if let again, let size = PackedColumn.plainSize(of: column), pays(againFor: size) {
      return postpone(again, rows)
    }
    let new = PackedColumn(column)
    if let again, pays(againFor: new.bytes.count) { return postpone(again, rows) }
    packed = new
    work = []
    stored = nil
    inHand = nil
  }

  private func postpone(_ again: DeferredWork, _ rows: Rows) {
    self.rows = rows
    work.append(again)
  }

  /// Whether all are whole numbers of at most `limit`, as far as it can be told without unpacking.
  func isWithin(_ limit: Int64) -> Bool {
    inHand == nil && work.isEmpty && packed?.isWithin(limit) == true
  }

  /// Whether to do the work again is better than to keep what came of it, in so many bytes.
  ///
  /// What is done on texts takes long.
  private func pays(againFor bytes: Int) -> Bool {
    guard let packed, inHand == nil, packed.storage != .text, packed.storage != .sparse else {
      return false
    }
    let own = stored?.size ?? packed.bytes.count
    return work.count < Self.longestWork && bytes > own + own / 16
  }

  /// How many steps are done again and again, rather than kept.
  private static let longestWork = 3

  /// Forgets the values.
  func forget() {
    inHand = nil
    packed = nil
    stored = nil
    work = []
  }

  /// Writes the packed values to the spool, where they aren't there yet, and frees their memory.
  func store(in spool: Spool) throws(PrepError) {
    guard let packed, stored == nil else { return }
    let result = unsafe packed.bytes.withUnsafeBytes { bytes in
      Result { () throws(PrepError) in try unsafe spool.append(bytes) }
    }
    stored = (try result.get(), packed.bytes.count)
    self.packed?.bytes = []
  }

  /// The values, in memory of their own or in `scratch`; `spool` is where they may lie.
  func values(
    _ scratch: Column?, _ spool: () throws(PrepError) -> Spool
  ) throws(PrepError) -> Column {
    if let inHand { return inHand }
    guard var packed else { throw PrepError(.internal, "expected a cached column, found none") }
    if let stored { packed.bytes = try Self.bytes(stored.offset, stored.size, try spool()) }
    var column = scratch ?? Column()
    packed.unpack(into: column)
    for work in work { column = work.done(on: column, rows) }
    return column
  }

  /// Takes the values in hand, to be changed; `pack` ends that.
  func take(_ spool: () throws(PrepError) -> Spool) throws(PrepError) -> Column {
    let column = try values(nil, spool)
    forget()
    inHand = column
    return column
  }

  private static func bytes(
    _ offset: Int, _ size: Int, _ spool: Spool
  ) throws(PrepError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    let result = unsafe bytes.withUnsafeMutableBytes { bytes in
      Result { () throws(PrepError) in try unsafe spool.read(into: bytes, at: offset) }
    }
    guard try result.get() == size else {
      throw PrepError(.internal, "expected \(size) spooled bytes, found fewer")
    }
    return bytes
  }
}
