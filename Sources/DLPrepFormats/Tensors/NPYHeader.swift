/// The header of a `.npy` file, version 1.0: always 128 bytes, so that it can be written last.
enum NPYHeader {
  static let size = 128

  /// The bytes for an array of a type (`<f4`) and shape.
  static func bytes(_ type: String, shape: [Int]) -> [UInt8] {
    let list = shape.map(String.init).joined(separator: ", ")
    let tuple = shape.count == 1 ? "(\(list),)" : "(\(list))"
    var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(tuple), }"
    let room = size - 10 - 1
    text += String(repeating: " ", count: max(0, room - text.utf8.count)) + "\n"
    let length = UInt16(text.utf8.count)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]
      + Array(text.utf8)
  }
}
