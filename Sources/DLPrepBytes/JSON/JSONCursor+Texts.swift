package import DLPrepData

/// Long lists of text straight into one buffer.
extension JSONCursor {
  /// Reads a list of text without white space; nil, and the cursor stays, for anything else.
  ///
  /// The first pass finds where strings end, the second copies them into memory of the right size.
  package mutating func texts() -> ByteStrings? {
    guard peek() == 0x5B else { return nil }
    if passesEmptyList() { return ByteStrings() }
    let first = offset + 2
    var list = ByteStrings()
    var total = 0
    var hasEscapes = false
    var at = offset + 1
    while true {
      guard at < count, unsafe bytes[at] == 0x22 else { return nil }
      let start = at + 1
      at = plainEnd(from: start)
      while at < count, unsafe bytes[at] == 0x5C {
        hasEscapes = true
        at = plainEnd(from: at + 2)
      }
      guard at < count, unsafe bytes[at] == 0x22 else { return nil }
      total += at - start
      list.ends.append(total)
      at += 1
      guard let goesOn = goesOn(&at) else { return nil }
      if !goesOn { break }
    }
    if !hasEscapes {
      copy(&list, from: first)
      return list
    }
    do throws(PrepError) {
      return try unescaped(list, from: first)
    } catch {
      // Read value by value, the wrong escape gets its place.
      offset = first - 2
      return nil
    }
  }

  /// Where the first byte at or after `start` is that ends plain text: a quote, a backslash or a
  /// control character; `count` or more where there is none.
  private func plainEnd(from start: Int) -> Int {
    var at = start
    let ones: UInt64 = 0x0101_0101_0101_0101
    while at + 8 <= count {
      let word = unsafe UInt64(
        littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
          fromByteOffset: at, as: UInt64.self))
      // The lowest bit set in each is right; a borrow spoils only those above it.
      let quotes = word ^ (0x22 &* ones)
      let escapes = word ^ (0x5C &* ones)
      let found =
        ((word &- (0x20 &* ones)) & ~word) | ((quotes &- ones) & ~quotes)
        | ((escapes &- ones) & ~escapes)
      let marks = found & (0x80 &* ones)
      if marks != 0 { return at + marks.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < count {
      let byte = unsafe bytes[at]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { return at }
      at += 1
    }
    return at
  }

  /// Fills in the text of strings that end at known places; between two there are `","`.
  private func copy(_ list: inout ByteStrings, from first: Int) {
    let ends = list.ends
    let total = ends.last ?? 0
    list.bytes = unsafe [UInt8](unsafeUninitializedCapacity: total) { text, filled in
      var from = first
      var to = 0
      for end in ends {
        let source = unsafe UnsafeRawBufferPointer(
          rebasing: UnsafeRawBufferPointer(bytes)[from..<from + end - to])
        unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(text)[to...])
          .copyMemory(from: source)
        from += end - to + 3
        to = end
      }
      filled = total
    }
  }

  /// The strings with their escapes resolved, given where they end as they stand.
  private func unescaped(_ raw: ByteStrings, from first: Int) throws(PrepError) -> ByteStrings {
    var list = ByteStrings()
    var from = first
    var last = 0
    for end in raw.ends {
      try unescape(from..<from + end - last, into: &list.bytes)
      list.ends.append(list.bytes.count)
      from += end - last + 3
      last = end
    }
    return list
  }
}
