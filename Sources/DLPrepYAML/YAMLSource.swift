internal import DLPrepData
internal import DLPrepPipeline

/// The text of a YAML file, checked, and dressed for a parser that knows YAML 1.1.
///
/// The parser would swallow aliases and tags without a trace of where they stand, takes any `?` in a
/// flow list for the sign of a key, and three Unicode separators for line ends. So these scalars are replaced, one for one, by scalars of the
/// private use area that the file doesn't hold: places stay as they are, `*name` and `!tag` come
/// back as plain text, and the tree reader decides what they mean. So does U+FEFF, which Foundation
/// would take from the start of a text.
struct YAMLSource {
  let name: String
  private(set) var lines: [[Unicode.Scalar]]
  /// Scalars that were replaced wherever they stood, by what replaced them.
  private let standIns: [Unicode.Scalar: Unicode.Scalar]
  /// First scalars of keys that are repeated in their mapping, by what replaced them.
  private var repeated: [Unicode.Scalar: Unicode.Scalar] = [:]
  private let held: Set<Unicode.Scalar>
  private var lastStandIn: UInt32 = 0xDFFF

  init(_ bytes: [UInt8], name: String) throws(PrepError) {
    self.name = name
    let scalars = try Self.checked(bytes, name: name)
    held = Set(scalars)
    var standIns: [Unicode.Scalar: Unicode.Scalar] = [:]
    for scalar: Unicode.Scalar in ["*", "!", "?", "\u{85}", "\u{2028}", "\u{2029}", "\u{FEFF}"]
    where held.contains(scalar) {
      guard let standIn = Self.standIn(after: &lastStandIn, held) else {
        throw PrepError(
          .yaml, "the file holds every scalar of the private use area", at: Place(file: name))
      }
      standIns[standIn] = scalar
    }
    self.standIns = standIns
    lines = Self.lines(of: scalars)
    // A last line of nothing but spaces is a line like any other.
    if let last = lines.last, !last.isEmpty, last.allSatisfy({ $0 == " " }) { lines.append([]) }
    if let line = lines.firstIndex(where: { $0.first != "#" && !$0.allSatisfy { $0 == " " } }),
      lines[line].first == "%"
    {
      throw PrepError(
        .yaml, "directives are not taken", at: place(line + 1, 1),
        hint: "the file is read as YAML 1.2")
    }
  }

  /// The text for the parser.
  var dressed: String {
    var replaced: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (standIn, scalar) in standIns { replaced[scalar] = standIn }
    var text = String.UnicodeScalarView()
    for (position, line) in lines.enumerated() {
      if position > 0 { text.append("\n") }
      text.append(contentsOf: line.lazy.map { replaced[$0] ?? $0 })
    }
    return String(text)
  }

  /// What stood where the parser found this text.
  func undressed(_ text: String) -> String {
    guard !standIns.isEmpty || !repeated.isEmpty else { return text }
    var out = String.UnicodeScalarView()
    out.append(contentsOf: text.unicodeScalars.lazy.map { standIns[$0] ?? repeated[$0] ?? $0 })
    return String(out)
  }

  /// Whether this text, as the parser found it, starts with a scalar of the file's own.
  func starts(_ text: String, with scalar: Unicode.Scalar) -> Bool {
    text.unicodeScalars.first.map { standIns[$0] == scalar } ?? false
  }

  func place(_ line: Int, _ column: Int) -> Place {
    Place(file: name, line: line, column: column)
  }

  /// The scalar at a place; nil at the end of a line.
  func scalar(_ line: Int, _ column: Int) -> Unicode.Scalar? {
    guard lines.indices.contains(line - 1), lines[line - 1].indices.contains(column - 1) else {
      return nil
    }
    return lines[line - 1][column - 1]
  }

  /// The name of the anchor at a place, as it is written.
  func anchor(at line: Int, _ column: Int) -> String? {
    guard scalar(line, column) == "&" else { return nil }
    let name = lines[line - 1][column...].prefix { !" \t,[]{}".unicodeScalars.contains($0) }
    return undressed(String(String.UnicodeScalarView(name)))
  }

  /// Where a node's own text starts: behind its anchor, if it has one.
  func start(_ line: Int, _ column: Int) -> Place {
    guard scalar(line, column) == "&" else { return place(line, column) }
    var next = column
    while let scalar = scalar(line, next), scalar != " ", scalar != "\t" { next += 1 }
    while let scalar = scalar(line, next), scalar == " " || scalar == "\t" { next += 1 }
    return scalar(line, next) == nil ? place(line, column) : place(line, next)
  }

  /// Whether quoted text starts with an escaped U+FEFF.
  func startsWithEscapedMark(_ place: Place) -> Bool {
    guard scalar(place.line, place.column) == "\"" else { return false }
    let text = String(String.UnicodeScalarView(lines[place.line - 1][place.column...].prefix(10)))
    return ["\\ufeff", "\\U0000feff"].contains { escape in
      text.hasPrefix(escape.prefix(2)) && text.lowercased().hasPrefix(escape.lowercased())
    }
  }

  /// Makes a repeated key another one, so that the parser reads on; false where that can't be done.
  mutating func rename(keyAt line: Int, _ column: Int) -> Bool {
    var column = column
    if scalar(line, column) == "\"" || scalar(line, column) == "'" { column += 1 }
    guard let scalar = scalar(line, column), !["&", "\\", "\"", "'"].contains(scalar),
      repeated.count < 32, let standIn = Self.standIn(after: &lastStandIn, held)
    else { return false }
    repeated[standIn] = undressed(String(Character(scalar))).unicodeScalars.first ?? scalar
    lines[line - 1][column - 1] = standIn
    return true
  }

  /// The next scalar of the private use area that the file doesn't hold.
  private static func standIn(
    after last: inout UInt32, _ held: Set<Unicode.Scalar>
  ) -> Unicode.Scalar? {
    while last < 0xF8FF {
      last += 1
      if let scalar = Unicode.Scalar(last), !held.contains(scalar) { return scalar }
    }
    return nil
  }

  private static func lines(of scalars: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = [[]]
    var last: Unicode.Scalar = " "
    for scalar in scalars {
      if scalar == "\r" || (scalar == "\n" && last != "\r") {
        lines.append([])
      } else if scalar != "\n" {
        lines[lines.count - 1].append(scalar)
      }
      last = scalar
    }
    return lines
  }

  /// The scalars of UTF-8 without a byte order mark and without control characters.
  private static func checked(
    _ bytes: [UInt8], name: String
  ) throws(PrepError) -> [Unicode.Scalar] {
    guard bytes.count <= PipelineFile.byteLimit else {
      throw PrepError(.yaml, "a pipeline file holds at most 1 MiB", at: Place(file: name))
    }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
      throw PrepError(
        .yaml, "expected UTF-8, found UTF-16", at: Place(file: name, line: 1, column: 1))
    }
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(bytes.count)
    var place = Place(file: name, line: 1, column: 1)
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var isFirst = true
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .emptyInput: return scalars
      case .error: throw PrepError(.yaml, "expected UTF-8, found a byte that isn't", at: place)
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        defer { isFirst = false }
        if isFirst && scalar == "\u{FEFF}" { continue }
        guard isPrintable(scalar) else {
          throw PrepError(
            .yaml, "expected text, found the control character U+\(hex(scalar))", at: place)
        }
        if scalar == "\n" && scalars.last == "\r" {
          // The second half of one line end.
        } else if scalar == "\n" || scalar == "\r" {
          place.line += 1
          place.column = 1
        } else {
          place.column += 1
        }
        scalars.append(scalar)
      }
    }
  }

  /// The printable characters of YAML 1.2, section 5.1.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFFFD, 0x10000...: true
    default: false
    }
  }

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
