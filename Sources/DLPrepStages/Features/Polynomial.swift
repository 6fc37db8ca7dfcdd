public import DLPrepData
public import DLPrepPipeline

/// Adds products of columns.
///
/// ```yaml
/// - polynomial: {columns: [a, b]}
/// ```
/// ```csv
/// a,b
/// 2,3
/// -1,0.5
/// ```
/// becomes
/// ```csv
/// a,b,a^2,a*b,b^2
/// 2,3.0,4.0,6.0,9.0
/// -1,0.5,1.0,-0.5,0.25
/// ```
/// The columns stay; the products of two and more come last, in scikit-learn's order: by degree,
/// then as in a dictionary of the columns. `interaction_only` leaves out powers, `bias` puts a
/// column `1` before them. A product is missing where a factor is. Same as scikit-learn
/// `PolynomialFeatures`. Cost: none at fit.
public struct Polynomial: BlockStage {
  /// The key in pipeline files.
  public static let name = "polynomial"
  /// One sentence for listings.
  public static let summary = "Adds products of columns."
  /// What others call it.
  public static let otherNames = ["PolynomialFeatures", "step_interact", "step_poly", "interact"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .missing]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("degree", \.degree, in: 2...10, "How many factors a product has at most."),
    .init("interaction_only", \.interactionOnly, "Whether no column is a factor twice."),
    .init("bias", \.bias, "Whether a column of ones comes before the products."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(),
      Self(["f", "i"]) { ($0.degree, $0.bias, $0.common.missing) = (3, true, .error) },
      Self(.numeric) { $0.interactionOnly = true },
    ]
  }
  /// The most products that one step may add.
  static let limit = 10_000
  /// The keys that stages share.
  public var common = Common()
  /// How many factors a product has at most.
  public var degree = 2
  /// Whether no column is a factor twice.
  public var interactionOnly = false
  /// Whether a column of ones comes before the products.
  public var bias = false
  /// Everything at its default.
  public init() {}

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) { try refuse(.category, .ignore) }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// It makes numbers of several columns.
  public var purposes: Purposes { .combines }
  /// The products.
  public func made(from fields: [Field], _ fitted: Fitted?) throws(PrepError) -> [Field] {
    guard !fields.isEmpty else { return [] }
    let terms = try terms(fields.count)
    return (bias ? [Field("1", .float, madeOf: fields)] : [])
      + terms.map { term in
        var factors: [(position: Int, power: Int)] = []
        for position in term {
          if factors.last?.position == position {
            factors[factors.count - 1].power += 1
          } else {
            factors.append((position, 1))
          }
        }
        let name = factors.map { factor in
          fields[factor.position].name + (factor.power > 1 ? "^\(factor.power)" : "")
        }
        return Field(
          name.joined(separator: "*"), .float, madeOf: factors.map { fields[$0.position] })
      }
  }
  /// What it has become.
  public func fitted(to summary: NoSummary, _ fields: [Field]) throws(PrepError) -> Fitted {
    var fitted = Fitted()
    fitted.terms = fields.isEmpty ? [] : try terms(fields.count)
    fitted.bias = bias && !fields.isEmpty
    fitted.fails = common.missing == .error
    return fitted
  }

  /// Whether it can have been learned.
  public func check(_ loaded: Fitted, for fields: [Field]) throws(PrepError) {
    let terms = fields.isEmpty ? [] : try terms(fields.count)
    try requireLearned(
      loaded.terms == terms && loaded.bias == (bias && !fields.isEmpty),
      "the products of \(fields.count) columns")
  }

  /// The products' factors, as positions of columns in rising order.
  private func terms(_ count: Int) throws(PrepError) -> [[Int]] {
    var all: [[Int]] = []
    var last = (0..<count).map { [$0] }
    for _ in 2...degree {
      var next: [[Int]] = []
      for term in last {
        let from = (term.last ?? 0) + (interactionOnly ? 1 : 0)
        guard from < count else { continue }
        next += (from..<count).map { term + [$0] }
        if all.count + next.count > Self.limit {
          throw PrepError(
            .limit, "expected at most \(Self.limit) products, found more",
            hint: "choose fewer columns or a smaller degree")
        }
      }
      all += next
      last = next
    }
    return all
  }

  /// The products.
  public struct Fitted: FittedBlockStage, SavedByFields {
    /// The factors of each, as positions of the chosen columns.
    public var terms: [[Int]] = []
    /// Whether a column of ones comes first.
    public var bias = false
    /// Whether a missing value is an error.
    public var fails = false
    /// No product.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("terms", \.terms), .init("bias", \.bias), .init("fails", \.fails),
    ]

    /// Opens the work.
    public func kernel(_ slots: [Int], made: [Int]) -> Kernel {
      let (bias, fails) = (bias, fails)
      // A product is its first factor by the product of the others, as scikit-learn rounds it.
      var known = Dictionary(
        slots.indices.map { ([$0], $0) }, uniquingKeysWith: { first, _ in first })
      let steps = terms.enumerated().map { i, term in
        known[term] = slots.count + i
        return (first: term[0], rest: known[Array(term.dropFirst())] ?? 0)
      }
      return { block, run in
        if fails { for slot in slots { run.failMissing(block.columns[slot], of: block) } }
        let count = block.count
        if bias, let slot = made.first {
          let ones = block.columns[slot]
          ones.prepare(.floats, count: count)
          for row in 0..<count { ones.floats[row] = 1 }
        }
        var columns = slots.map { block.columns[$0].asFloats() }
        for (slot, step) in zip(made.dropFirst(bias ? 1 : 0), steps) {
          let out = block.columns[slot]
          let (a, b) = (columns[step.first], columns[step.rest])
          out.prepare(.floats, count: count)
          out.missing = a.missing.union(b.missing)
          unsafe out.floats.withUnsafeMutableBufferPointer { products in
            unsafe a.floats.withUnsafeBufferPointer { a in
              unsafe b.floats.withUnsafeBufferPointer { b in
                for row in 0..<count { unsafe products[row] = a[row] * b[row] }
              }
            }
          }
          columns.append(out)
        }
      }
    }
  }
}

extension Column {
  /// The column, if it holds floats; else a copy that does.
  fileprivate func asFloats() -> Column {
    if storage == .floats { return self }
    let floats = copied()
    floats.convertToFloats()
    return floats
  }
}
