/// What a step is for, as far as lints have to know: order and leaks are judged by it.
public struct Purposes: OptionSet, Sendable {
  /// One bit a purpose.
  public let rawValue: UInt16
  /// The purposes with the given bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// It brings numbers to a scale that it learns.
  public static let scales = Purposes(rawValue: 1)
  /// It fills what is missing with something that it learns.
  public static let fills = Purposes(rawValue: 2)
  /// It learns limits and does something about the numbers beyond them.
  public static let limits = Purposes(rawValue: 4)
  /// It learns a number, a code or a component for each category.
  public static let encodes = Purposes(rawValue: 8)
  /// It looks at the target, but no training row's features see that row's own.
  public static let shields = Purposes(rawValue: 16)
  /// It fills what is missing with what stands in neighbouring rows.
  public static let continues = Purposes(rawValue: 32)
  /// It compares rows by distances, so that columns of one scale are better before it.
  public static let compares = Purposes(rawValue: 64)
  /// It makes features of numbers in several columns, or in several rows.
  public static let combines = Purposes(rawValue: 128)
}
