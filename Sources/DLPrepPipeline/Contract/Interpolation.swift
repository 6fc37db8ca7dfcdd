/// What an order statistic between two values is.
public enum Interpolation: String, Sendable, Hashable, CaseIterable {
  /// Between them by the fraction (numpy `linear`, Hyndman-Fan 7).
  case linear
  /// Their mean where the rank falls between them (Hyndman-Fan 2).
  case averagedInvertedCDF = "averaged_inverted_cdf"
  /// The lower one.
  case lower
  /// The higher one.
  case higher
  /// The nearer one; of two equally near ones the even rank's.
  case nearest
  /// Half of the sum of both neighbours: at 0.5 the median as `numpy.median` rounds it.
  case midpoint
}
