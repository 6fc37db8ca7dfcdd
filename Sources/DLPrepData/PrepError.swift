/// What went wrong, where, and what to do about it: the one error of the whole package.
public struct PrepError: Error, Sendable, Equatable {
  /// What kind of thing went wrong; open, so that stages of others can bring their own.
  public var code: Code
  /// What was expected and what was found, in lower case, without a full stop.
  public var message: String
  /// Where it is: a place in a data or pipeline file.
  public var place: Place?
  /// What the user can do about it.
  public var hint: String?
  /// The address of the step it happened in.
  public var step: String?
  /// The record of the input it is about, while its place is not yet known.
  public var record: Int?
  /// The column of the input it is about, while its place is not yet known.
  public var column: String?

  /// Makes an error from facts; `place` and `step` may be added on the way up.
  public init(
    _ code: Code, _ message: String, at place: Place? = nil, hint: String? = nil,
    step: String? = nil, record: Int? = nil, column: String? = nil
  ) {
    self.code = code
    self.message = message
    self.place = place
    self.hint = hint
    self.step = step
    self.record = record
    self.column = column
  }
}

extension PrepError: CustomStringConvertible {
  /// `FILE:LINE:COLUMN: class: text; hint`, on one line, control characters escaped.
  public var description: String {
    var text = place.map { "\($0): " } ?? ""
    text += "\(code.name): "
    if let step { text += "step '\(step)': " }
    text += message
    if let hint { text += "; \(hint)" }
    return escapingControls(text)
  }
}

/// Text that is safe to print on a terminal: control characters as `\u{1B}`.
public func escapingControls(_ text: String) -> String {
  var out = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n": out += "\\n"
    case "\r": out += "\\r"
    case "\t": out += "\\t"
    case _ where scalar.properties.generalCategory == .control:
      out += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out
}
