public import DLPrepBytes
public import DLPrepData

/// Where bytes are written to their place: a file, or a pipe by way of a spool.
public final class PlacedOutput: Sendable {
  private let file: OutputFile?
  private let spool: Spool?
  private let sink: (any ByteSink)?
  /// The name that errors show.
  public let name: String

  /// Writes to a file; to a device or pipe only in the end, by way of a spool.
  public init(_ file: OutputFile, spoolIn directory: String? = nil) throws(PrepError) {
    name = file.name
    self.file = file.isSeekable ? file : nil
    spool = file.isSeekable ? nil : try Spool(in: directory)
    sink = file.isSeekable ? nil : file
  }

  /// Writes to a pipe, in the end, by way of a spool.
  public init(_ sink: any ByteSink, spoolIn directory: String? = nil) throws(PrepError) {
    name = sink.name
    file = nil
    spool = try Spool(in: directory)
    self.sink = sink
  }

  /// Keeps bytes for `copy`.
  init(spool: Spool, name: String) {
    self.name = name
    file = nil
    self.spool = spool
    sink = nil
  }

  /// Writes bytes to their place; any thread may.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(PrepError) {
    if let file { unsafe try file.write(bytes, at: offset) }
    if let spool { unsafe try spool.write(bytes, at: offset) }
  }

  /// Writes bytes to their place.
  func write(_ bytes: [UInt8], at offset: Int) throws(PrepError) {
    let result: Result<Void, PrepError> = unsafe bytes.withUnsafeBytes { buffer in
      do throws(PrepError) {
        return .success(unsafe try write(buffer, at: offset))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// Passes on what was spooled.
  func finish() throws(PrepError) {
    guard let sink else { return }
    unsafe try forEachPiece { piece, _ throws(PrepError) in unsafe try sink.write(piece) }
  }

  /// Writes all of it into another output.
  func copy(to other: PlacedOutput, at start: Int) throws(PrepError) {
    unsafe try forEachPiece { piece, offset throws(PrepError) in
      unsafe try other.write(piece, at: start + offset)
    }
  }

  /// The XXH64 of all that was written, as the feature map shows it.
  func hash() throws(PrepError) -> String {
    var stream = XXH64.Stream()
    unsafe try forEachPiece { piece, _ in unsafe stream.update(piece) }
    return "xxh64:\(hexadecimal(stream.value()))"
  }

  /// Replaces the int64 numbers of rows by what a table says, -1 staying, and shows each piece.
  func recode(
    at start: Int, rows: Int, _ table: [Int64], _ body: ([UInt8], _ firstRow: Int) -> Void
  ) throws(PrepError) {
    let piece = RawBuffer(capacity: 1 << 18)
    var row = 0
    while row < rows {
      let size = min((rows - row) * 8, 1 << 18)
      var done = 0
      while done < size {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: piece.bytes[done..<size])
        let at = start + row * 8 + done
        var got = 0
        if let file { got = unsafe try file.read(into: rest, at: at) }
        if let spool { got = unsafe try spool.read(into: rest, at: at) }
        guard got > 0 else {
          throw PrepError(.internal, "expected \(rows) groups to number", at: Place(file: name))
        }
        done += got
      }
      var numbers: [UInt8] = []
      numbers.reserveCapacity(size)
      for i in stride(from: 0, to: size, by: 8) {
        let old = Int64(
          littleEndian: unsafe piece.bytes.loadUnaligned(fromByteOffset: i, as: Int64.self))
        let new = UInt64(bitPattern: old < 0 ? -1 : table[Int(old)])
        for shift: UInt64 in [0, 8, 16, 24, 32, 40, 48, 56] {
          numbers.append(UInt8(truncatingIfNeeded: new >> shift))
        }
      }
      try write(numbers, at: start + row * 8)
      body(numbers, row)
      row += size / 8
    }
  }

  /// Reads back all that was written.
  private func forEachPiece(
    _ body: (UnsafeRawBufferPointer, _ offset: Int) throws(PrepError) -> Void
  ) throws(PrepError) {
    let piece = RawBuffer(capacity: 1 << 18)
    var offset = 0
    while true {
      var got = 0
      if let file { got = unsafe try file.read(into: piece.bytes, at: offset) }
      if let spool { got = unsafe try spool.read(into: piece.bytes, at: offset) }
      if got == 0 { return }
      unsafe try body(UnsafeRawBufferPointer(rebasing: piece.bytes[..<got]), offset)
      offset += got
    }
  }
}
