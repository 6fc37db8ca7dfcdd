import DLPrepBytes
import DLPrepData
import Synchronization

/// The course of a fit: column by column through runs of steps, all together at barriers.
struct Fit {
  let pipeline: Pipeline
  let options: RunOptions
  var table: TrainingTable
  /// The classes of the target, over all rows.
  var classes: [[UInt8]] = []
  /// The fitted steps so far, by number.
  private(set) var steps: [FittedStep] = []
  /// What was counted.
  private(set) var counts = LedgerCounts()
  /// Rows that checks refused.
  private(set) var rejects: [RunContext.Failure] = []
  /// What may be wrong with the pipeline.
  private(set) var warnings: [String] = []

  init(_ pipeline: Pipeline, _ options: RunOptions, _ table: TrainingTable) {
    self.pipeline = pipeline
    self.options = options
    self.table = table
  }

  /// Takes the table through all steps.
  mutating func run() throws(PrepError) {
    for segment in Segment.cut(pipeline.steps, fields: table.columns.map(\.field)) {
      switch segment {
      case .columns(let steps): try walk(steps)
      case .block(let number, let step): try fitBlock(number, step)
      case .structure(_, let step): try arrange(step)
      case .sequence(let number, let step): try fitSequence(number, step)
      case .rows(let number, let step): try fitRows(number, step)
      }
      try table.checkNames(pipeline.steps)
    }
    for step in pipeline.steps where step.stage.when == .always {
      do throws(PrepError) {
        try step.stage.check(rows: table.rows.trainCount)
      } catch {
        throw error.located(at: step)
      }
    }
    if options.needsTypes { classes = try findClasses() }
  }

  private mutating func walk(_ run: [(number: Int, step: Step)]) throws(PrepError) {
    let spare = SpareThreads(options.threads - table.columns.count)
    let context = FitContext(
      table.cache, table.rows, try supervision(for: run.map(\.step)),
      try grouping(for: run.map(\.step)), try weights(for: run.map(\.step)), spare: spare)
    let profile = options.profile
    for (number, _) in run {
      profile?.add([.init(phase: .learn, step: number): .init(rows: table.rows.trainCount)])
    }
    let steps = StepRun(run)
    let walks = try Self.inParallel(table.columns, options.threads, spare) { column in
      let watch = StopWatch(profile)
      var walk = ColumnWalk(steps, context, watch)
      walk.walk(column)
      watch.stop()
      return walk
    }
    if let failure = walks.compactMap(\.failure).min(by: { $0.step < $1.step }) {
      throw failure.error
    }
    try steps.checkNames(walks.flatMap(\.names))
    var entries = run.map { _ in [any FittedColumn]() }
    var removed: [Int: RemovedRows] = [:]
    for walk in walks {
      for (position, entry) in walk.entries { entries[position].append(entry) }
      for (number, rows) in walk.removed {
        removed[number] = removed[number]?.union(rows) ?? rows
      }
      counts.merge(walk.counts)
      rejects += walk.rejects
    }
    for ((_, step), entries) in zip(run, entries) {
      let fitted = FittedStep(
        address: step.address, stage: step.stage, place: step.place, work: .columns(entries))
      if let idleness = fitted.idleness { warnings.append(idleness) }
      self.steps.append(fitted)
    }
    table.columns = walks.flatMap(\.columns)
    // Only checks share a run with another step that takes rows out: all theirs are rejects.
    guard let last = removed.keys.max() else { return }
    let all = removed.values.reduce(nil as RemovedRows?) { $0?.union($1) ?? $1 }
    if let all { try remove(all, last) }
  }

  private mutating func fitBlock(_ number: Int, _ step: Step) throws(PrepError) {
    let watch = StopWatch(options.profile)
    defer { watch.stop() }
    let chosen = try chosen(step)
    let result = try BlockFit(
      table: table, step: step, number: number, chosen: chosen,
      supervision: try supervision(for: [step]), spare: SpareThreads(options.threads - 1)
    ).run()
    steps.append(
      FittedStep(
        address: step.address, stage: step.stage, place: step.place,
        work: .block(result.entry, columns: chosen.map { table.columns[$0].field.name })))
    for index in chosen { table.columns[index].actedOn.insert(step.address) }
    replace(chosen, by: result.columns)
    table.columns += result.made
    counts.merge(result.counts)
    rejects += result.rejects
    watch.lap(.learn, step: number, rows: table.rows.trainCount)
    if result.removed.any { try remove(result.removed, number) }
  }

  private mutating func fitSequence(_ number: Int, _ step: Step) throws(PrepError) {
    let watch = StopWatch(options.profile)
    defer { watch.stop() }
    let chosen = try chosen(step).filter { !step.stage.isKeyed(by: table.columns[$0].field.name) }
    let result = try SequenceFit(table: table, step: step, number: number, chosen: chosen).run()
    let fitted = FittedStep(
      address: step.address, stage: step.stage, place: step.place, work: .sequence(result.entry))
    if let idleness = fitted.idleness { warnings.append(idleness) }
    steps.append(fitted)
    replace(chosen, by: result.columns)
    counts.merge(result.counts)
    watch.lap(.learn, step: number, rows: table.rows.trainCount)
  }

  private mutating func fitRows(_ number: Int, _ step: Step) throws(PrepError) {
    let watch = StopWatch(options.profile)
    defer { watch.stop() }
    let chosen = try chosen(step)
    let names = chosen.map { table.columns[$0].field.name }
    let spare = SpareThreads(options.threads - 1)
    let result = try RowFit(step: step, chosen: chosen, seed: pipeline.seed, spare: spare).run(
      &table, try supervision(for: [step]))
    steps.append(
      FittedStep(
        address: step.address, stage: step.stage, place: step.place, work: .rows(columns: names)))
    for index in chosen { table.columns[index].actedOn.insert(step.address) }
    if result.dropped > 0 { counts.dropped[number, default: 0] += result.dropped }
    if result.added > 0 { counts.added[number, default: 0] += result.added }
    try requireRows(after: number)
    watch.lap(.learn, step: number, rows: table.rows.trainCount)
  }

  /// Puts columns in the place of others.
  private mutating func replace(_ positions: [Int], by columns: [[TrainingColumn]]) {
    let made = Dictionary(zip(positions, columns), uniquingKeysWith: { first, _ in first })
    table.columns = table.columns.enumerated().flatMap { made[$0] ?? [$1] }
  }

  private mutating func arrange(_ step: Step) throws(PrepError) {
    guard let stage = step.stage as? any StructureStage else { return }
    let fields = table.columns.map(\.field)
    let chosen = try chosen(step)
    let kept: [(index: Int, name: String)]
    do throws(PrepError) {
      kept = try stage.arranged(fields, selected: chosen)
    } catch {
      throw error.located(at: step)
    }
    var fitted = FittedStep(
      address: step.address, stage: step.stage, place: step.place,
      work: .structure(kept.map { (from: fields[$0.index].name, to: $0.name) }))
    fitted.isIdle = chosen.isEmpty
    steps.append(fitted)
    if let idleness = fitted.idleness { warnings.append(idleness) }
    table.columns = kept.map { index, name in
      let column = table.columns[index]
      column.field.name = name
      return column
    }
  }

  /// The columns that a step acts on, as they now stand.
  private func chosen(_ step: Step) throws(PrepError) -> [Int] {
    guard let selector = step.stage.columns else { return [] }
    try checkNames(of: step, among: Set(table.columns.map(\.field.name)))
    let context = FitContext(table.cache, table.rows, nil)
    let choice = ColumnChoice(selector)
    let replaced = NamePositions(step.stage.replacedColumns)
    return table.columns.indices.filter { index in
      let column = table.columns[index]
      return replaced[column.field.name] != nil
        || choice.admits(column.field) { Answering(context, column).facts() } == true
    }
  }

  /// Takes rows out and counts each for the step, or as a reject.
  private mutating func remove(_ removed: RemovedRows, _ number: Int) throws(PrepError) {
    let rejected = Set(rejects.map(\.record))
    let records = table.records(removed)
    let refused = records.count { rejected.contains($0) }
    counts.rejected += refused
    if records.count > refused { counts.dropped[number, default: 0] += records.count - refused }
    try table.remove(removed)
    try requireRows(after: number)
  }

  private func requireRows(after number: Int) throws(PrepError) {
    if table.rows.trainCount == 0 {
      throw PrepError(
        .fit, "expected training rows after the step, found 0 rows",
        at: pipeline.steps[number].place,
        step: pipeline.steps[number].address)
    }
  }

  /// The groups of the rows for a step with key columns, which stands alone in its run.
  private func grouping(for run: [Step]) throws(PrepError) -> RowGrouping? {
    guard let step = run.first(where: { !$0.stage.groupColumns.isEmpty }) else { return nil }
    do throws(PrepError) {
      return try RowGrouping(table, try table.groupColumns(of: step))
    } catch {
      throw error.located(at: step)
    }
  }

  /// The weights of the rows for steps that mind them.
  private func weights(for run: [Step]) throws(PrepError) -> RowWeights? {
    guard let step = run.first(where: \.stage.usesWeights),
      let column = table.columns.first(where: { $0.field.role == .weight })
    else { return nil }
    do throws(PrepError) {
      return try RowWeights(column, table.rows, table.cache)
    } catch {
      throw error.located(at: step)
    }
  }

  private func supervision(for run: [Step]) throws(PrepError) -> Supervision? {
    guard let step = run.first(where: \.stage.isSupervised) else { return nil }
    guard let target = table.columns.first(where: { $0.field.role == .target }) else { return nil }
    do throws(PrepError) {
      return try Supervision(
        target, classes: try findClasses(), table.rows.train, seed: pipeline.seed,
        keys: table.copies.mapValues(\.train), table.cache)
    } catch {
      throw error.located(at: step)
    }
  }

  /// The classes of the target in byte order; none where it is a number.
  private func findClasses() throws(PrepError) -> [[UInt8]] {
    guard let target = table.columns.first(where: { $0.field.role == .target }) else { return [] }
    guard target.field.type == .bool || target.field.type.isTextual else { return [] }
    var tally = CategoryTally()
    for part in target.train + target.test {
      tally.add(try table.cache.view(part))
    }
    let values = tally.counts().values
    return (0..<values.count).map { values[$0] }
  }

  private func checkNames(of step: Step, among names: Set<String>) throws(PrepError) {
    let fields = names.sorted().map { Field($0, .float) }
    guard let absence = step.stage.columns?.absences(among: fields, in: step).first else { return }
    throw absence
  }

  /// Does the work on all items, on several threads; results in the order of the items.
  ///
  /// A thread that finds no more of them is spare.
  static func inParallel<Item, Result>(
    _ items: [Item], _ threads: Int, _ spare: SpareThreads? = nil,
    _ body: @escaping @Sendable (Item) -> Result
  ) throws(PrepError) -> [Result] where Item: Sendable {
    let next = Atomic(0)
    let results = Mutex<[Int: UncheckedBox<Result>]>([:])
    try Workers.run(max(1, min(threads, items.count))) { _ throws(PrepError) in
      while true {
        let i = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard i < items.count else {
          spare?.give()
          return
        }
        let box = UncheckedBox(body(items[i]))
        results.withLock { $0[i] = box }
      }
    }
    return results.withLock { results in items.indices.compactMap { results[$0]?.value } }
  }
}

/// Carries a result from one worker to the thread that waits for it.
struct UncheckedBox<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}
