import CDLPrepScan

/// Long lists of numbers straight into buffers, without a JSON value for each element.
///
/// Each function gives nil, and the cursor stays where it is, for all that isn't such a list in its
/// usual form: the caller then reads it value by value, and that finds the right words for it.
extension JSONCursor {
  /// Reads a list of whole numbers.
  package mutating func integers() -> [Int]? {
    guard peek() == 0x5B else { return nil }
    if passesEmptyList() { return [] }
    let end = count
    var list: [Int] = []
    var at = offset + 1
    while true {
      let isNegative = unsafe at < end && bytes[at] == 0x2D
      if isNegative { at += 1 }
      let start = at
      var value = 0
      // 18 digits always fit.
      while at < end, at - start < 19 {
        let digit = unsafe bytes[at] &- 0x30
        if digit > 9 { break }
        value = value &* 10 &+ Int(digit)
        at += 1
      }
      let digits = at - start
      guard (1...18).contains(digits), unsafe digits == 1 || bytes[start] != 0x30 else {
        return nil
      }
      if isNegative, value == 0 { return nil }
      list.append(isNegative ? -value : value)
      guard let goesOn = goesOn(&at) else { return nil }
      if !goesOn { return list }
    }
  }

  /// Reads a list of numbers.
  package mutating func doubles() -> [Double]? {
    guard peek() == 0x5B, let base = unsafe bytes.baseAddress else { return nil }
    if passesEmptyList() { return [] }
    let beginning = offset
    var list: [Double] = []
    var at = offset + 1
    while true {
      offset = at
      var value = 0.0
      guard let (range, _) = try? number(),
        unsafe dlp_parse_double(base + range.lowerBound, range.count, &value) == 0
      else {
        offset = beginning
        return nil
      }
      list.append(value)
      at = offset
      offset = beginning
      guard let goesOn = goesOn(&at) else { return nil }
      if !goesOn { return list }
    }
  }

  /// After an element that ends at `at`: true past a comma, false past the end of the list, where
  /// the cursor then stands; nil where there is anything else.
  mutating func goesOn(_ at: inout Int) -> Bool? {
    guard at < count else { return nil }
    let byte = unsafe bytes[at]
    at += 1
    if byte == 0x2C { return true }
    if byte != 0x5D { return nil }
    offset = at
    return false
  }

  /// Goes past `[]`; false where there is anything else.
  mutating func passesEmptyList() -> Bool {
    guard offset + 1 < count, unsafe bytes[offset + 1] == 0x5D else { return false }
    offset += 2
    return true
  }
}
