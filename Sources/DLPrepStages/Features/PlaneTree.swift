/// Points in a plane, halved again and again, so that the third nearest of each is found quickly.
///
/// A distance is the larger one of both coordinates' (Chebyshev). Halves lie one after the other, and
/// so do the points of the last ones, the leaves.
struct PlaneTree {
  private var x: [Double]
  private var y: [Double]
  /// The borders between halves, those of a half after that of the whole.
  private var borders: [Border] = []
  private static let leaf = 12

  private struct Border {
    /// Whether the halves lie below and above in y, not in x.
    var byY: Bool
    var place: Double
    /// Where the upper half's border stands; the lower one's follows.
    var upper = 0
  }

  /// The three smallest distances so far.
  private struct Nearest {
    var (first, second, third) = (Double.infinity, Double.infinity, Double.infinity)

    @inline(__always)
    mutating func add(_ distance: Double) {
      guard distance < third else { return }
      if distance >= second {
        third = distance
      } else {
        third = second
        (first, second) = distance < first ? (distance, first) : (first, distance)
      }
    }
  }

  init(_ x: [Double], _ y: [Double]) {
    (self.x, self.y) = (x, y)
    var parting = Parting()
    unsafe self.x.withUnsafeMutableBufferPointer { x in
      unsafe self.y.withUnsafeMutableBufferPointer { y in
        unsafe Self.halve(0..<x.count, x, y, &borders, &parting)
      }
    }
  }

  private static func halve(
    _ range: Range<Int>, _ x: UnsafeMutableBufferPointer<Double>,
    _ y: UnsafeMutableBufferPointer<Double>, _ borders: inout [Border], _ parting: inout Parting
  ) {
    if range.count <= leaf { return }
    let byY = unsafe spread(y, range) > spread(x, range)
    let (values, others) = unsafe byY ? (y, x) : (x, y)
    let middle = (range.lowerBound + range.upperBound) / 2
    parting.part(range, at: middle) {
      unsafe values[$0]
    } swap: {
      unsafe values.swapAt($0, $1)
      unsafe others.swapAt($0, $1)
    }
    let number = borders.count
    borders.append(unsafe Border(byY: byY, place: values[middle]))
    unsafe halve(range.lowerBound..<middle, x, y, &borders, &parting)
    borders[number].upper = borders.count
    unsafe halve(middle..<range.upperBound, x, y, &borders, &parting)
  }

  private static func spread(
    _ values: UnsafeMutableBufferPointer<Double>, _ range: Range<Int>
  ) -> Double {
    var (least, most) = unsafe (values[range.lowerBound], values[range.lowerBound])
    for i in range {
      unsafe least = min(least, values[i])
      unsafe most = max(most, values[i])
    }
    return most - least
  }

  /// Calls `body` with every point and how far the third nearest other one is; there must be one.
  func forEachPoint(_ body: (_ x: Double, _ y: Double, _ distance: Double) -> Void) {
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        unsafe borders.withUnsafeBufferPointer { borders in
          for point in 0..<x.count {
            var nearest = Nearest()
            unsafe Self.search(0..<x.count, 0, point, &nearest, x, y, borders)
            unsafe body(x[point], y[point], nearest.third)
          }
        }
      }
    }
  }

  private static func search(
    _ range: Range<Int>, _ number: Int, _ point: Int, _ nearest: inout Nearest,
    _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>,
    _ borders: UnsafeBufferPointer<Border>
  ) {
    let (x0, y0) = unsafe (x[point], y[point])
    if range.count <= leaf {
      for other in range where other != point {
        unsafe nearest.add(max((x[other] - x0).magnitude, (y[other] - y0).magnitude))
      }
      return
    }
    let border = unsafe borders[number]
    let middle = (range.lowerBound + range.upperBound) / 2
    let (below, above) = (range.lowerBound..<middle, middle..<range.upperBound)
    let gap = (border.byY ? y0 : x0) - border.place
    // Equal numbers may stand on both sides of the border.
    if gap < 0 {
      unsafe search(below, number + 1, point, &nearest, x, y, borders)
      if gap.magnitude <= nearest.third {
        unsafe search(above, border.upper, point, &nearest, x, y, borders)
      }
    } else {
      unsafe search(above, border.upper, point, &nearest, x, y, borders)
      if gap.magnitude <= nearest.third {
        unsafe search(below, number + 1, point, &nearest, x, y, borders)
      }
    }
  }
}
