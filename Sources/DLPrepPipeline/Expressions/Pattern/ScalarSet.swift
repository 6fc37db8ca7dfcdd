/// A set of Unicode scalars, as ranges that rise and don't touch.
struct ScalarSet: Equatable {
  private(set) var ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>] = []) {
    self.ranges = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = self.ranges.last, range.lowerBound <= last.upperBound &+ 1 {
        let end = max(last.upperBound, range.upperBound)
        self.ranges[self.ranges.count - 1] = last.lowerBound...end
      } else {
        self.ranges.append(range)
      }
    }
  }

  init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

  static let all = ScalarSet([0...0x10FFFF])
  static let digits = ScalarSet([0x30...0x39])
  static let words = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let spaces = ScalarSet([0x09...0x0D, 0x20...0x20])
  static let allButNewline = ScalarSet([0x0A...0x0A]).inverted

  func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

  /// All that isn't in it.
  var inverted: ScalarSet {
    var out: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { out.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { out.append(next...0x10FFFF) }
    return ScalarSet(out)
  }

  /// With the upper and lower case of every letter: of the alphabets, not of ranges that take in
  /// whole planes, which hold both already.
  var foldingCase: ScalarSet {
    var more = ranges
    for range in ranges where range.upperBound - range.lowerBound < 5000 {
      for value in range {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let properties = scalar.properties
        for mapped in [properties.lowercaseMapping, properties.uppercaseMapping] {
          let scalars = mapped.unicodeScalars
          if let other = scalars.first, scalars.count == 1, other != scalar {
            more.append(other.value...other.value)
          }
        }
      }
    }
    return ScalarSet(more)
  }

  /// The scalars of a general category such as `L`, `Lu`, `Nd`; nil where there is none of the name.
  static func category(_ name: String) -> ScalarSet? {
    let names: [String: [Unicode.GeneralCategory]] = [
      "Lu": [.uppercaseLetter], "Ll": [.lowercaseLetter], "Lt": [.titlecaseLetter],
      "Lm": [.modifierLetter], "Lo": [.otherLetter],
      "L": [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter],
      "M": [.nonspacingMark, .spacingMark, .enclosingMark],
      "Nd": [.decimalNumber], "N": [.decimalNumber, .letterNumber, .otherNumber],
      "P": [
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation,
      ],
      "S": [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol],
      "Z": [.spaceSeparator, .lineSeparator, .paragraphSeparator],
    ]
    guard let wanted = names[name] else { return nil }
    var ranges: [ClosedRange<UInt32>] = []
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value),
        wanted.contains(scalar.properties.generalCategory)
      else { continue }
      if let last = ranges.last, last.upperBound + 1 == value {
        ranges[ranges.count - 1] = last.lowerBound...value
      } else {
        ranges.append(value...value)
      }
    }
    return ScalarSet(ranges)
  }
}
