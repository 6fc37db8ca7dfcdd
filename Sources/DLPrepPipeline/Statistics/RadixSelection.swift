/// The keys at given ranks among keys in memory: counting by 11 bits, only into buckets that matter.
///
/// Linear for any input: there is no pivot to choose badly. Each level starts at the highest bit
/// in which the keys differ, so equal keys end it at once.
struct RadixSelection {
  private let ranks: [Int]
  private var answers: [UInt64]

  /// The keys at `ranks`, which ascend; the keys are reordered.
  static func select(_ keys: inout [UInt64], ranks: [Int]) -> [UInt64] {
    let selected = enclose(&keys, ranks) ?? narrow(&keys, ranks)
    var selection = RadixSelection(ranks: selected)
    var scratch = [UInt64](repeating: 0, count: keys.count)
    unsafe keys.withUnsafeMutableBufferPointer { keys in
      unsafe scratch.withUnsafeMutableBufferPointer { scratch in
        unsafe selection.answer(ranks.startIndex..<ranks.endIndex, in: keys, scratch, offset: 0)
      }
    }
    return selection.answers
  }

  /// From how many keys on most are left out before any is moved.
  private static let many = 4096

  /// Leaves out the keys beyond two of a sample that should enclose all ranks; answers the ranks
  /// among the rest, or nil where they don't lie close together or the sample was a bad one.
  ///
  /// One look at each key, where counting takes three (after Floyd and Rivest's selection).
  private static func enclose(_ keys: inout [UInt64], _ ranks: [Int]) -> [Int]? {
    guard keys.count > many, let first = ranks.first, let last = ranks.last,
      (last - first) * 64 < keys.count
    else { return nil }
    let size = 512
    var sample = (0..<size).map { keys[$0 * (keys.count / size)] }
    sample.sort()
    // Four standard deviations of a rank's place among so many, where that is widest.
    let margin = 45
    let low = first * size / keys.count - margin
    let high = last * size / keys.count + margin
    let least = low < 0 ? UInt64.min : sample[low]
    let most = high < size ? sample[high] : UInt64.max
    // Written without a branch; all keys stay, so that others can be left out after all.
    let (below, kept) = unsafe keys.withUnsafeMutableBufferPointer { keys in
      var (below, kept) = (0, 0)
      for index in 0..<keys.count {
        let key = unsafe keys[index]
        unsafe keys[index] = keys[kept]
        unsafe keys[kept] = key
        below &+= key < least ? 1 : 0
        kept &+= (key >= least ? 1 : 0) & (key <= most ? 1 : 0)
      }
      return (below, kept)
    }
    guard first >= below, last < below + kept else { return nil }
    keys.removeSubrange(kept...)
    return ranks.map { $0 - below }
  }

  /// Leaves out the keys of all buckets that no rank falls into; answers the ranks among the rest.
  private static func narrow(_ keys: inout [UInt64], _ ranks: [Int]) -> [Int] {
    guard keys.count > many else { return ranks }
    var least = UInt64.max
    var most = UInt64.min
    for key in keys {
      least = min(least, key)
      most = max(most, key)
    }
    guard least != most else { return ranks }
    let digits = 11
    let shift = UInt64(max(0, 64 - (least ^ most).leadingZeroBitCount - digits))
    let base = least >> shift
    var counts = [Int](repeating: 0, count: 1 << digits)
    for key in keys { counts[Int(truncatingIfNeeded: (key &>> shift) &- base)] &+= 1 }
    var wanted = [Int](repeating: 0, count: 1 << digits)
    var narrowed: [Int] = []
    var (bucket, below, dropped) = (0, 0, 0)
    for rank in ranks {
      while below + counts[bucket] <= rank {
        if wanted[bucket] == 0 { dropped += counts[bucket] }
        below += counts[bucket]
        bucket += 1
      }
      wanted[bucket] = 1
      narrowed.append(rank - dropped)
    }
    // Written without a branch; what is kept moves down, never past what is still to be read.
    let left = unsafe keys.withUnsafeMutableBufferPointer { keys in
      unsafe wanted.withUnsafeBufferPointer { wanted in
        var kept = 0
        for index in 0..<keys.count {
          let key = unsafe keys[index]
          unsafe keys[kept] = key
          unsafe kept &+= wanted[Int(truncatingIfNeeded: (key &>> shift) &- base)]
        }
        return kept
      }
    }
    keys.removeSubrange(left...)
    return narrowed
  }

  private init(ranks: [Int]) {
    self.ranks = ranks
    answers = Array(repeating: 0, count: ranks.count)
  }

  /// Answers the questions `asked`, all of which fall on these keys; `offset` keys are smaller.
  private mutating func answer(
    _ asked: Range<Int>, in keys: UnsafeMutableBufferPointer<UInt64>,
    _ scratch: UnsafeMutableBufferPointer<UInt64>, offset: Int
  ) {
    if keys.count <= 48 {
      var few = unsafe keys
      unsafe few.sort()
      for question in asked { unsafe answers[question] = keys[ranks[question] - offset] }
      return
    }
    var least = UInt64.max
    var most = UInt64.min
    for index in 0..<keys.count {
      least = unsafe min(least, keys[index])
      most = unsafe max(most, keys[index])
    }
    if least == most {
      for question in asked { answers[question] = least }
      return
    }
    let digits = keys.count < 2048 ? 8 : 11
    let shift = UInt64(max(0, 64 - (least ^ most).leadingZeroBitCount - digits))
    var ends = unsafe Self.scatter(keys, to: scratch, above: least >> shift, shift, digits: digits)
    ends.append(keys.count)
    var question = asked.lowerBound
    var bucket = 0
    while question < asked.upperBound {
      // After scattering, an entry is where its bucket ends.
      while ends[bucket] <= ranks[question] - offset { bucket += 1 }
      let bounds = (bucket == 0 ? 0 : ends[bucket - 1])..<ends[bucket]
      var next = question
      while next < asked.upperBound, ranks[next] - offset < bounds.upperBound { next += 1 }
      unsafe answer(
        question..<next, in: UnsafeMutableBufferPointer(rebasing: scratch[bounds]),
        UnsafeMutableBufferPointer(rebasing: keys[bounds]), offset: offset + bounds.lowerBound)
      question = next
    }
  }

  /// Sorts the keys by one digit; answers where each digit's keys end.
  private static func scatter(
    _ keys: UnsafeMutableBufferPointer<UInt64>, to target: UnsafeMutableBufferPointer<UInt64>,
    above base: UInt64, _ shift: UInt64, digits: Int
  ) -> [Int] {
    var places = [Int](repeating: 0, count: 1 << digits)
    unsafe places.withUnsafeMutableBufferPointer { places in
      for index in 0..<keys.count {
        unsafe places[Int(truncatingIfNeeded: (keys[index] &>> shift) &- base)] += 1
      }
      var start = 0
      for digit in 0..<places.count {
        let count = unsafe places[digit]
        unsafe places[digit] = start
        start += count
      }
      for index in 0..<keys.count {
        let key = unsafe keys[index]
        let digit = Int(truncatingIfNeeded: (key &>> shift) &- base)
        unsafe target[places[digit]] = key
        unsafe places[digit] &+= 1
      }
    }
    return places
  }
}
