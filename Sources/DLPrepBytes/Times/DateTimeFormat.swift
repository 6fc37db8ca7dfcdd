public import DLPrepData

/// A strptime-like format: `%Y %m %d %H %I %M %S %f %y %b %B %j %p %z %a %A %%` and literal text.
///
/// Numbers may lack leading zeros, as strptime's do; month and day names are English in any case;
/// everything else must stand there exactly. `%y` is 1969 to 2068, as POSIX has it. What the format
/// leaves out is that of 1970-01-01T00:00:00.
public struct DateTimeFormat: Sendable, Hashable {
  enum Item: Sendable, Hashable {
    case literal(UInt8)
    case year, shortYear, month, day, hour, hour12, minute, second, fraction, monthName
    case dayOfYear, halfDay, offset, weekdayName
  }

  let items: [Item]
  /// The format as it was written.
  public let text: String

  /// Reads a format; a part that isn't known is an error of code `value`.
  public init(_ text: String) throws(PrepError) {
    self.text = text
    var items: [Item] = []
    var isPart = false
    for byte in text.utf8 {
      if !isPart {
        if byte == UInt8(ascii: "%") { isPart = true } else { items.append(.literal(byte)) }
        continue
      }
      isPart = false
      items += try Self.part(byte, of: text)
    }
    guard !isPart else {
      throw PrepError(.value, "expected a part after '%', found the end of '\(text)'")
    }
    self.items = items
  }

  private static func part(_ byte: UInt8, of text: String) throws(PrepError) -> [Item] {
    let colon = Item.literal(UInt8(ascii: ":"))
    let dash = Item.literal(UInt8(ascii: "-"))
    switch UnicodeScalar(byte) {
    case "Y": return [.year]
    case "y": return [.shortYear]
    case "m": return [.month]
    case "d", "e": return [.day]
    case "H": return [.hour]
    case "I": return [.hour12]
    case "M": return [.minute]
    case "S": return [.second]
    case "f": return [.fraction]
    case "b", "B", "h": return [.monthName]
    case "a", "A": return [.weekdayName]
    case "j": return [.dayOfYear]
    case "p": return [.halfDay]
    case "z": return [.offset]
    case "T": return [.hour, colon, .minute, colon, .second]
    case "F": return [.year, dash, .month, dash, .day]
    case "%": return [.literal(byte)]
    default:
      throw PrepError(
        .value, "expected a known part in the format '\(text)', found '%\(UnicodeScalar(byte))'",
        hint: "known are %Y %y %m %d %H %I %M %S %f %b %B %a %A %j %p %z %T %F %%")
    }
  }

  /// Whether the format says anything of the time of day.
  public var hasTime: Bool {
    items.contains { [.hour, .hour12, .minute, .second, .fraction].contains($0) }
  }

  /// Whether the format says how far from Greenwich the clock is.
  public var hasOffset: Bool { items.contains(.offset) }
}
