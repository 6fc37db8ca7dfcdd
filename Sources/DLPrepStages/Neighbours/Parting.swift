/// Parts places by their values, as a tree of points needs it: in time linear in their number.
///
/// Hoare's quickselect, with borders by chance, so that no order of the values is a bad one; the same
/// values are always parted alike.
struct Parting {
  private var chance: UInt64 = 1

  /// Swaps places of a range until none before `middle` has a larger value than those from there on,
  /// and that one the smallest of these.
  @inline(__always)
  mutating func part(
    _ range: Range<Int>, at middle: Int, value: (Int) -> Double, swap: (Int, Int) -> Void
  ) {
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while low < high {
      chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let choice = chance.multipliedFullWidth(by: UInt64(high - low + 1)).high
      let border = value(low + Int(choice))
      var (i, j) = (low, high)
      while i <= j {
        while value(i) < border { i &+= 1 }
        while border < value(j) { j &-= 1 }
        if i <= j {
          swap(i, j)
          i &+= 1
          j &-= 1
        }
      }
      if middle <= j { high = j } else if middle >= i { low = i } else { return }
    }
  }
}
