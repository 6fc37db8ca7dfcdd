package import DLPrepData

/// How a fitted pipeline works on one source: what is read into which slot, and what comes out.
///
/// Columns are found by name, in any order; columns that the fit never saw are ignored, or an
/// error, as the contract says.
package struct ServingPlan: Sendable {
  /// The fitted pipeline.
  let fitted: FittedPipeline
  /// What is read.
  package private(set) var read: ReadPlan
  /// The columns as read, with their slots.
  let inputs: Layout
  /// What comes out.
  package private(set) var output: OutputSchema
  /// The slot of the split's key, as read.
  let keySlot: Int?
  /// The slot of the column that a split by time looks at.
  let timeSlot: Int?
  /// Slots of columns that pass as text, each with a slot that holds them to the type of the fit.
  let verified: [(typed: Int, text: Int)]
  /// Whether every record becomes exactly one row.
  let keepsRows: Bool
  /// Slots taken before the first step: inputs, copies as read, the part.
  private let reserved: Int

  /// Plans for a source with the given columns; `asText`: whether the result is a table in text,
  /// where columns that no step needs the type of stand as they were read.
  package init(
    _ fitted: FittedPipeline, for source: any TableSource, asText: Bool = false
  ) throws(PrepError) {
    self.fitted = fitted
    let present = Dictionary(
      zip(source.columns, source.columns.indices), uniquingKeysWith: { a, _ in a })
    try Self.checkExtra(fitted, source)
    var layout = Layout()
    var columns: [ReadColumn] = []
    var asRead: [(input: InputColumn, slot: Int)] = []
    for input in fitted.inputs {
      let index = present[input.name]
      if index == nil, input.role == .target { continue }
      if index == nil, input.isRequired {
        throw PrepError(
          .schema, "expected a column '\(input.name)', found none", at: Place(file: source.name),
          hint: suggestion(for: input.name, among: source.columns)
            ?? "the pipeline was fitted with it; say required: false if it may be absent")
      }
      var (field, type) = (input.field, input.servingType)
      let isAsRead = asText && input.passesAsRead && index != nil
      if isAsRead { (field.type, type) = (.text, .text) }
      layout.append(field)
      let slot = layout.columns[layout.columns.count - 1].slot
      var column = ReadColumn(source: index, slot: slot, type: type)
      column.zone = input.zone
      columns.append(column)
      if isAsRead, !input.type.dataType.isTextual { asRead.append((input, slot)) }
    }
    inputs = layout
    verified = asRead.map { input, slot in
      let typed = layout.newSlot()
      columns.append(
        ReadColumn(source: present[input.name], slot: typed, type: input.servingType))
      return (typed, slot)
    }

    // Copies as read: passed-through columns and the split's key.
    func copied(_ name: String, _ type: CellType) -> Int? {
      guard let index = present[name] else { return nil }
      let slot = layout.newSlot()
      columns.append(ReadColumn(source: index, slot: slot, type: type))
      return slot
    }
    var passthrough: [OutputColumn] = []
    for name in fitted.pipeline.output.passthrough {
      guard let slot = copied(name, .text) else {
        throw PrepError(
          .schema, "expected a column '\(name)' to pass through, found none",
          at: Place(file: source.name), hint: suggestion(for: name, among: source.columns))
      }
      passthrough.append(OutputColumn(field: Field(name, .text, role: .id), slot: slot))
    }
    let split = fitted.pipeline.split
    keySlot = split?.method == .hash ? split?.key.flatMap { copied($0, .category) } : nil
    timeSlot =
      split?.method == .time
      ? inputs.columns.first { $0.field.role == .time }?.slot : nil
    let partSlot = split == nil ? nil : layout.newSlot()

    reserved = layout.slots

    let plan = try OpenPlan(fitted.steps, from: layout, isTraining: fitted.isTraining)
    output = try OutputSchema(
      fitted, columns: plan.layout.columns, passthrough: passthrough, partSlot: partSlot,
      asText: asText)
    var used = plan.readSlots.union(output.columns.map(\.slot))
      .union(passthrough.map(\.slot)).union([keySlot, timeSlot].compactMap { $0 })
    for pair in verified where used.contains(pair.text) { used.insert(pair.typed) }
    read = ReadPlan(
      columns: columns.filter { used.contains($0.slot) }, slots: plan.layout.slots)
    keepsRows = !fitted.steps.contains {
      ($0.stage.when == .always || fitted.isTraining) && $0.stage.mayRemoveRows
    }
  }

  /// Opens the steps for one worker.
  func open() throws(PrepError) -> OpenPlan {
    var layout = inputs
    while layout.slots < reserved { _ = layout.newSlot() }
    return try OpenPlan(fitted.steps, from: layout, isTraining: fitted.isTraining)
  }

  private static func checkExtra(
    _ fitted: FittedPipeline, _ source: any TableSource
  )
    throws(PrepError)
  {
    guard fitted.pipeline.schema.extraColumns == .error else { return }
    let known = Set(fitted.inputs.map(\.name)).union(
      fitted.pipeline.schema.columns.map(\.name))
    if let extra = source.columns.first(where: { !known.contains($0) }) {
      throw PrepError(
        .schema, "expected no column that the contract doesn't name, found '\(extra)'",
        at: Place(file: source.name), hint: "name it in schema, or say extra_columns: ignore")
    }
  }
}

extension Stage {
  /// Whether a block may lose rows to this stage when it acts.
  var mayRemoveRows: Bool { removesRows || rejectsRows }
}
