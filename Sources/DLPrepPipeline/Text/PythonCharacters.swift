/// Characters as Python's `str` and `re` class and map them, by the standard library's Unicode data.
package enum PythonCharacters {
  /// Whether `\w` matches: a letter, anything with a numeric value, or an underscore.
  package static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return switch UInt8(truncatingIfNeeded: scalar.value) {
      case 48...57, 65...90, 95, 97...122: true
      default: false
      }
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return scalar.properties.numericType != nil
    }
  }

  /// Whether `str.isspace` holds and `\s` matches.
  package static func isSpace(_ value: UInt32) -> Bool {
    switch value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F,
      0x205F, 0x3000:
      true
    default: false
    }
  }

  /// Adds UTF-8 in lower case, as `str.lower` does it: full mappings, and a final sigma where one
  /// ends a word.
  package static func lowercase(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
    var at = 0
    while at < text.count {
      let byte = unsafe text[at]
      if byte < 0x80 {
        out.append((65...90).contains(byte) ? byte | 32 : byte)
        at += 1
        continue
      }
      let (scalar, length) = unsafe UTF8Scalars.scalar(text, at)
      if scalar.value == 0x3A3 {
        let isFinal = unsafe endsWord(text, at, length)
        out.append(contentsOf: isFinal ? [0xCF, 0x82] : [0xCF, 0x83])
      } else if scalar.properties.changesWhenLowercased {
        out.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
      } else {
        unsafe out.append(contentsOf: text[at..<at + length])
      }
      at += length
    }
  }

  /// Whether a sigma follows a letter with case and none follows it, what case ignores left aside.
  private static func endsWord(
    _ text: UnsafeBufferPointer<UInt8>, _ at: Int, _ length: Int
  ) -> Bool {
    var before = at
    var hasLetter = false
    while before > 0 {
      repeat { before -= 1 } while unsafe before > 0 && text[before] & 0xC0 == 0x80
      let properties = unsafe UTF8Scalars.scalar(text, before).scalar.properties
      if properties.isCaseIgnorable { continue }
      hasLetter = properties.isCased
      break
    }
    guard hasLetter else { return false }
    var after = at + length
    while after < text.count {
      let (scalar, length) = unsafe UTF8Scalars.scalar(text, after)
      if !scalar.properties.isCaseIgnorable { return !scalar.properties.isCased }
      after += length
    }
    return true
  }
}
