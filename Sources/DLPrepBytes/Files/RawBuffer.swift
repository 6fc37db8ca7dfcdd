/// Memory of a fixed size that is freed with its owner.
///
/// Whoever holds it sees to it that only one thread uses it at a time.
@safe
package final class RawBuffer: @unchecked Sendable {
  /// The memory; not initialised.
  package let bytes: UnsafeMutableRawBufferPointer

  /// Takes memory; contents are whatever was there.
  package init(capacity: Int) {
    unsafe bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 64)
  }

  deinit { unsafe bytes.deallocate() }
}
