public import DLPrepData
public import DLPrepPipeline

/// Trims text, folds its case, and squeezes runs of white space.
///
/// ```yaml
/// - clean_text: {columns: city, case: lower, squeeze: true}
/// ```
/// ```csv
/// city
/// " New   York "
/// OSLO
/// ```
/// becomes
/// ```csv
/// city
/// new york
/// oslo
/// ```
/// It learns nothing. Missing values stay missing; text of white space only becomes empty text.
/// White space and case are Unicode's, as in pandas `str.strip` and `str.lower`. Cost: none at
/// fit; categories are cleaned once per distinct value.
public struct CleanText: ColumnStage {
  /// What becomes of upper and lower case.
  public enum Case: String, Sendable, CaseIterable, ParameterValue {
    case none
    case lower
    case upper
  }

  /// The key in pipeline files.
  public static let name = "clean_text"
  /// One sentence for listings.
  public static let summary = "Trims text, folds its case, and squeezes runs of white space."
  /// What others call it.
  public static let otherNames = ["trim", "strip", "lower", "upper", "Cleaner"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .name, .keepOriginal]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .category
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("trim", \.trim, "Whether white space at both ends goes."),
    .init("case", \.case, "Whether letters become lower or upper case."),
    .init("squeeze", \.squeeze, "Whether runs of white space become one space."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.category) { ($0.trim, $0.case) = (false, .lower) },
      Self(.category) { ($0.case, $0.squeeze) = (.upper, true) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Whether white space at both ends goes.
  public var trim = true
  /// What becomes of upper and lower case.
  public var `case` = Case.none
  /// Whether runs of white space become one space.
  public var squeeze = false
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("what was cleaned off is gone") }

  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isTextual }
  /// Opens the work.
  public func kernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel {
    let stage = self
    guard field.type == .category else {
      return { block, _ in
        let column = block.columns[slots.input]
        let bytes = column.text.bytes
        var cleaned = ByteStrings()
        for row in 0..<column.count {
          cleaned.append(stage.cleaned(bytes.span.extracting(column.text.range(row))))
        }
        column.text = cleaned
      }
    }
    let map = CategoryMap<Int32>(missing: -1, .keep, unknown: -1, .value)
    return { block, run in
      map.read(slots.input, of: block, run) { map.made.intern(stage.cleaned($0).span) }
      map.storeCategory(in: block.columns[slots.input])
    }
  }

  /// The bytes of the cleaned text.
  func cleaned(_ bytes: Span<UInt8>) -> [UInt8] {
    var text = text(bytes)
    switch `case` {
    case .none: break
    case .lower: text = text.lowercased()
    case .upper: text = text.uppercased()
    }
    var scalars = Substring(text).unicodeScalars
    if trim {
      while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
      while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    }
    guard squeeze else { return Array(Substring(scalars).utf8) }
    var out = String.UnicodeScalarView()
    for scalar in scalars {
      if !scalar.properties.isWhitespace {
        out.append(scalar)
      } else if out.last != " " {
        out.append(" ")
      }
    }
    return Array(String(out).utf8)
  }
}
