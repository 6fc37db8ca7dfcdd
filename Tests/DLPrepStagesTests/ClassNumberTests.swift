import DLPrepData
import DLPrepPipeline
import DLPrepTesting
import Testing

@testable import DLPrepStages

@Test func classNumbersBecomeClassesAsInScikitLearn() async throws {
  // sklearn 1.9.1: LabelEncoder().fit(kinds).inverse_transform([2, 0, 1]); -1 is our missing one.
  let fitted = try await supervised([Standardize(["size"])]).fit(
    Table(["size": .float([1, 2, 3]), "y": .category(["pear", "apple", "fig"])]))
  let numbers = try Table(["y": .integer([2, 0, 1, -1, nil])])
  let kinds = try fitted.invert(numbers, select: ["y"])
  #expect(kinds.values(of: "y") == .category(["pear", "apple", "fig", nil, nil]))
  let floats = try fitted.invert(Table(["y": .float([1, 2])]))
  #expect(floats.values(of: "y") == .category(["fig", "pear"]))
  for wrong in [3.0, -2, 0.5] {
    #expect(throws: PrepError.self) { try fitted.invert(Table(["y": .float([wrong])])) }
  }
}
