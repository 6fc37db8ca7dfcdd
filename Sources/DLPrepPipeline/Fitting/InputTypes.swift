import DLPrepBytes
import DLPrepData

/// The columns of an input on their way to types: declared, or guessed and then proven by every
/// value.
struct InputTypes {
  /// The columns that are read, in table order.
  private(set) var inputs: [InputColumn] = []
  /// Where each stands in the source; nil for one that may be absent, and is.
  private(set) var sources: [Int?] = []
  /// Whether its type is still a guess.
  private(set) var isGuess: [Bool] = []
  /// What to tell the user.
  private(set) var notes: [String] = []
  /// What may be wrong with it.
  private(set) var warnings: [String] = []

  /// Holds the contract against a header: which columns there are and what is declared of them.
  init(_ pipeline: Pipeline, _ source: any TableSource) throws(PrepError) {
    let contract = pipeline.schema
    for (index, name) in source.columns.enumerated() {
      let declared = contract[name]
      if declared == nil, contract.extraColumns == .error, !contract.columns.isEmpty {
        throw PrepError(
          .schema, "expected no column that the contract doesn't name, found '\(name)'",
          at: Place(file: source.name), hint: "name it in schema, or say extra_columns: ignore")
      }
      let role = declared?.role ?? .feature
      if role == .ignore { continue }
      // An id is copied, never computed with: it is read as it stands.
      let type = declared?.type ?? source.type(ofColumn: index) ?? (role == .id ? .text : nil)
      inputs.append(
        InputColumn(
          name: name, type: type ?? .integer(takesDecimals: false), role: role,
          isInferred: declared?.type == nil, isRequired: declared?.isRequired ?? true))
      sources.append(index)
      isGuess.append(type == nil)
    }
    for column in contract.columns
    where column.role != .ignore && !source.columns.contains(column.name) {
      if column.isRequired {
        throw PrepError(
          .schema, "expected a column '\(column.name)', found none in \(source.name)",
          at: column.place ?? Place(file: source.name),
          hint: suggestion(for: column.name, among: source.columns)
            ?? "say required: false if it may be absent")
      }
      // All missing: a feature that later tables may have.
      guard column.role == .feature else { continue }
      inputs.append(
        InputColumn(
          name: column.name, type: column.type ?? .float, role: column.role,
          isInferred: column.type == nil, isRequired: false))
      sources.append(nil)
      isGuess.append(false)
      notes.append("column '\(column.name)' is absent: all its values are missing")
    }
    for slot in inputs.indices {
      guard case .timestamp(_, let name?) = inputs[slot].type else { continue }
      do throws(PrepError) {
        inputs[slot].zone = try TimeZoneRules(named: name).parts
      } catch {
        var error = error
        error.place = contract[inputs[slot].name]?.place
        throw error
      }
    }
    let needs = TypeNeeds(pipeline, inputs, isUnknown: isGuess).needs
    for (slot, need) in needs.enumerated() {
      switch need {
      case .passes: inputs[slot].passesAsRead = true
      case .text: readAsText(slot)
      case .inferred, nil: break
      }
    }
  }

  /// Reads columns whose type no step asks for as the text that they are.
  mutating func readPassingAsText() {
    for slot in inputs.indices where inputs[slot].passesAsRead { readAsText(slot) }
  }

  private mutating func readAsText(_ slot: Int) {
    inputs[slot].type = .text
    inputs[slot].isInferred = false
    inputs[slot].passesAsRead = false
    isGuess[slot] = false
  }

  /// Whether any type is a guess.
  var hasGuesses: Bool { isGuess.contains(true) }

  /// Learns from a pass over some rows: `evidence` are the values that didn't fit their guess,
  /// `present` says whether any value did.
  /// - Returns: whether a guess was wrong, so that the rows must be read again.
  mutating func learn(_ evidence: [Int: TypeEvidence], present: [Bool]) throws(PrepError) -> Bool {
    var changed = false
    for (slot, found) in evidence where isGuess[slot] && found.isSeen {
      var all = found
      if present[slot] { all.fits.formIntersection(Self.fits(inputs[slot].type)) }
      if all.fits == .float, let overflow = found.overflow { throw overflow }
      let type = all.type
      if type != inputs[slot].type {
        inputs[slot].type = type
        changed = true
      }
    }
    return changed
  }

  /// Ends the guessing: a column without any value is float.
  mutating func settle(present: [Bool], hasRows: Bool) {
    let empty = inputs.indices.filter { isGuess[$0] && !present[$0] }
    for slot in empty { inputs[slot].type = .float }
    let names = empty.map { inputs[$0].name }
    if hasRows, let name = names.first {
      warnings.append(
        names.count == 1
          ? "column '\(name)' has no value at all: it is read as float"
          : "columns \(shortList(names)) have no value at all: they are read as float")
    }
  }

  /// Lets an inferred integer column take decimals from now on: all its values are floats, too.
  mutating func takesDecimals(_ slot: Int) {
    if inputs[slot].isInferred { inputs[slot].type = .integer(takesDecimals: true) }
  }

  /// Makes a column free text, because most of its values are distinct.
  mutating func becomeText(_ slot: Int) { inputs[slot].type = .text }

  /// What is read, into slots in the order of `inputs`.
  func readColumns() -> [ReadColumn] {
    inputs.indices.map {
      var column = ReadColumn(
        source: sources[$0], slot: $0, type: inputs[$0].type, isGuess: isGuess[$0])
      column.zone = inputs[$0].zone
      return column
    }
  }

  /// The types that a value fits for sure that was read as `type`.
  private static func fits(_ type: CellType) -> TypeEvidence.Fits {
    switch type {
    case .integer: [.integer, .float]
    case .float: .float
    case .bool: .bool
    case .date: .date
    case .timestamp: .timestamp
    case .category, .text: []
    }
  }
}
