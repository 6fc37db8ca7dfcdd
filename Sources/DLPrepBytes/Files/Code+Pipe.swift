public import DLPrepData

extension PrepError.Code {
  /// Whoever read our output has gone: the run ends quietly, as other filters do.
  public static let pipe = Self("pipe", .io)
}
