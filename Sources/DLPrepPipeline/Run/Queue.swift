/// A line: what comes first leaves first, at no cost that grows with its length.
struct Queue<Element> {
  private var items: [Element?] = []
  private var head = 0

  /// How many stand in it.
  var count: Int { items.count - head }
  /// The one that leaves next.
  var first: Element? { head < items.count ? items[head] : nil }
  /// The one that came last.
  var last: Element? { head < items.count ? items[items.count - 1] : nil }

  /// The one at a position, counted from the first.
  subscript(_ position: Int) -> Element? { items[head + position] }

  /// The first one of a kind.
  func first(where isIt: (Element) -> Bool) -> Element? {
    for item in items[head...] { if let item, isIt(item) { return item } }
    return nil
  }

  mutating func append(_ element: Element) { items.append(element) }

  /// Takes the first one out.
  mutating func popFirst() -> Element? {
    guard head < items.count else { return nil }
    let element = items[head]
    items[head] = nil
    head += 1
    if head >= 32, head * 2 >= items.count {
      items.removeFirst(head)
      head = 0
    }
    return element
  }
}
