public import DLPrepData

/// Somewhere that bytes are written to, one after the other.
public protocol ByteSink: AnyObject, Sendable {
  /// The name that errors show: the path as the user gave it, `-` for standard output.
  var name: String { get }

  /// Writes all bytes after those written before; one caller at a time.
  func write(_ bytes: UnsafeRawBufferPointer) throws(PrepError)
}

extension ByteSink {
  /// Writes all bytes of an array.
  public func write(_ bytes: [UInt8]) throws(PrepError) {
    let result: Result<Void, PrepError> = unsafe bytes.withUnsafeBytes { buffer in
      do throws(PrepError) {
        return .success(unsafe try write(buffer))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }
}
