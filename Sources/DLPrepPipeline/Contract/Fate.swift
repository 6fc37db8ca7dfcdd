public import DLPrepData

/// What becomes of a column that a block stage has chosen.
public enum Fate: Sendable, Equatable {
  /// It stays as it is: the kernel only reads it.
  case unchanged
  /// The kernel changes it in place, and it comes out with this type.
  case changed(DataType)
  /// The kernel puts another column in its place, under its name: this one, but for the role.
  case replaced(Field)
  /// It is gone after the step; the kernel may still read it.
  case dropped
  /// Only data can tell: for plans before a fit.
  case undecided
}

extension Fate {
  /// Whether the kernel writes the column.
  var isWritten: Bool {
    switch self {
    case .changed, .replaced: true
    case .unchanged, .dropped, .undecided: false
    }
  }
}

extension Field {
  /// A new column that a block stage makes of others: it names all of their sources, and the steps
  /// that they went through.
  public init(_ name: String, _ type: DataType, madeOf fields: [Field]) {
    self.init(name, type)
    sources = []
    var (known, done) = (Set<String>(), Set<String>())
    for field in fields {
      sources += field.sources.filter { known.insert($0).inserted }
      steps += field.steps.filter { done.insert($0).inserted }
    }
  }
}

extension Field {
  /// This field under the name and with the role of another, after the step that put it there.
  fileprivate func inPlace(of field: Field, at address: String) -> Field {
    var made = self
    (made.name, made.role) = (field.name, field.role)
    made.steps.append(address)
    return made
  }
}

/// The field of a chosen column after a block stage; nil where it is gone, the column itself where
/// it is only read.
package func changedField(
  _ field: Field, _ fate: Fate, by stage: any Stage, at address: String
) -> Field? {
  switch fate {
  case .unchanged, .undecided: field
  case .dropped: nil
  case .replaced(let other):
    other.inPlace(of: field, at: address)
  case .changed(let type):
    outputFields(of: [.same(type)], from: field, by: stage, at: address).first
  }
}
