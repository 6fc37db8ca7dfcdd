/// The addresses of steps that are taken, so that the next one gets another: `NAME`, `NAME_2`, ...
struct StepAddresses {
  private var taken: Set<String>
  /// By name: a number before which all are taken.
  private var next: [String: Int] = [:]

  /// Those of some steps.
  init(_ addresses: some Sequence<String> = []) { taken = Set(addresses) }

  /// Takes an address; whether it was free.
  @discardableResult
  mutating func add(_ address: String) -> Bool { taken.insert(address).inserted }

  /// The first free address of a stage.
  mutating func free(for name: String) -> String {
    var number = next[name, default: 1]
    var address: String { number == 1 ? name : "\(name)_\(number)" }
    while taken.contains(address) { number += 1 }
    next[name] = number
    return address
  }
}
