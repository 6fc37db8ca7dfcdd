public import DLPrepData

/// A step of a pipeline, described by its parameters and not yet fitted to data.
///
/// A stage is one of five kinds: `ColumnStage` (each column on its own), `BlockStage` (across
/// columns or rows), `SequenceStage` (earlier rows), `RowStage` (which training rows there are),
/// `StructureStage` (names only). Parameters are its whole state: the one declaration in
/// `parameters` gives decoding, ranges, help, saving and the documentation.
public protocol Stage: Sendable, Equatable {
  /// The key in pipeline files: the type's name in snake case.
  static var name: String { get }
  /// One sentence on what it does, for listings.
  static var summary: String { get }
  /// What other tools call it, for finding it by the name one knows.
  static var otherNames: [String] { get }
  /// The declaration of every parameter of its own.
  static var parameters: [Parameter<Self>] { get }
  /// Which of the keys that stages share make sense here; `id` always does.
  static var commonKeys: CommonKeys { get }
  /// Where it acts if the file doesn't say; nil: the file must.
  static var defaultColumns: Selector? { get }
  /// Stages with parameters that differ in everything, for the docs and the contract suite.
  static var examples: [Self] { get }
  /// The keys that stages share.
  var common: Common { get set }
  /// Whether it takes rows out or adds some (in training only, but for `filter` with
  /// `when: always`).
  var removesRows: Bool { get }
  /// Whether it may send rows to the rejects.
  var rejectsRows: Bool { get }
  /// Whether it treats a column by its type even where it has nothing to learn, so that the type
  /// of an undeclared column has to be found out first.
  var dependsOnTypes: Bool { get }
  /// Whether it looks at values at all, and not only at which of them are missing.
  var looksAtValues: Bool { get }
  /// Columns that it needs as read, for folds.
  var keyColumns: [String] { get }
  /// Columns whose values part the rows into groups, as they stand at the step (`by`); the step
  /// doesn't act on them. In a column stage they give `.grouped` statistics and `Slots.keys`.
  var groupColumns: [String] { get }
  /// Whether it looks at the target column.
  var isSupervised: Bool { get }
  /// Whether it takes the rows' weights (a column with role `weight`) into account as it learns.
  var usesWeights: Bool { get }
  /// What it is for, as far as lints have to know.
  var purposes: Purposes { get }
  /// Whether its kernel must see the blocks one after the other.
  var needsOrder: Bool { get }
  /// Whether what it does to its columns can be taken back; may depend on parameters.
  var inverse: Inverse { get }
  /// Where it acts: as the file says, or by default; `cast` and `rename` know from their maps.
  var columns: Selector? { get }
  /// Columns that it takes beside those of its selector, where they are there: it replaces them.
  var replacedColumns: [String] { get }
  /// The stage that does the work, where the parameters ask for one of another kind.
  var resolved: any Stage { get }
  /// Where a parameter names a column, as far as known.
  func place(ofColumn name: String) -> Place?
  /// A stage with every default.
  init()
  /// Checks the rules between parameters.
  func validate() throws(PrepError)
  /// Checks a rule on the number of rows, at the end of a run.
  func check(rows: Int) throws(PrepError)
}

extension Stage {
  /// None.
  public static var otherNames: [String] { [] }
  /// The stage with its defaults.
  public static var examples: [Self] { [Self()] }
  /// Only `columns`.
  public static var commonKeys: CommonKeys { [.columns] }
  /// None: the file must name columns.
  public static var defaultColumns: Selector? { nil }
  /// It doesn't.
  public var removesRows: Bool { false }
  /// It doesn't.
  public var rejectsRows: Bool { false }
  /// It doesn't.
  public var dependsOnTypes: Bool { false }
  /// It does.
  public var looksAtValues: Bool { true }
  /// None.
  public var keyColumns: [String] { [] }
  /// None: all rows are one group.
  public var groupColumns: [String] { [] }
  /// It doesn't.
  public var isSupervised: Bool { false }
  /// It doesn't.
  public var usesWeights: Bool { false }
  /// None that lints have to know.
  public var purposes: Purposes { [] }
  /// Any order will do.
  public var needsOrder: Bool { false }
  /// It can't be taken back.
  public var inverse: Inverse { .none }
  /// None.
  public var replacedColumns: [String] { [] }
  /// Itself.
  public var resolved: any Stage { self }
  /// Not known: the step knows the places of its keys.
  public func place(ofColumn name: String) -> Place? { nil }
  /// There are no rules between parameters.
  public func validate() throws(PrepError) {}
  /// There is no rule on rows.
  public func check(rows: Int) throws(PrepError) {}

  /// A stage that acts on `columns`, with parameters set by `set`.
  public init(_ columns: Selector, _ set: (inout Self) -> Void = { _ in }) {
    self.init()
    common.columns = columns
    set(&self)
  }

  /// As the file says, or by default.
  public var columns: Selector? { common.columns ?? Self.defaultColumns }

  /// When it acts: as the file says; stages that remove rows act in training only.
  public var when: When { common.when ?? (removesRows ? .fit : .always) }
}

extension Stage {
  /// Whether a column is one of those that group or order its rows, on which it doesn't act.
  package func isKeyed(by name: String) -> Bool {
    let order = (self as? any SequenceStage)?.orderBy.map { [$0] } ?? []
    return (groupColumns + order).contains { $0.utf8.elementsEqual(name.utf8) }
  }

  /// The only columns that it can have to do with; nil where it doesn't name them all.
  package var namedColumns: [String]? {
    guard case .names(let names)? = columns, !(self is any StructureStage) else { return nil }
    let order = (self as? any SequenceStage)?.orderBy.map { [$0] } ?? []
    return names + groupColumns + order + keyColumns + replacedColumns
  }

  /// Whether it replaces a column.
  package func replaces(_ field: Field) -> Bool {
    replacedColumns.contains { $0.utf8.elementsEqual(field.name.utf8) }
  }
}
