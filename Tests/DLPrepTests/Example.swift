import DLPrep

// README.md shows what stands between the marks; a test keeps the two the same.
// example begins
/// Learns from a table, saves what was learned, and applies it: to a table, a row, a file.
func example(
  model: String, newTable: String
) async throws -> (Tensor<Float>, Table, [Float], Int) {
  let people = try Table([
    "age": .float([34, nil, 51, 28]),
    "city": .text(["Oslo", "Bergen", "Oslo", "Lom"]),
  ])
  let pipeline = Pipeline([
    Impute(.numeric) { $0.strategy = .median },
    OneHot(["city"]),
    Standardize(["age"]),
  ])
  let fitted = try await pipeline.fit(people)  // or .fit(contentsOf: "train.csv")
  try fitted.write(to: model)

  let same = try FittedPipeline(contentsOf: model)
  let matrix = try same.tensor(people)  // same.apply(people) gives a table

  let predicted = try Table(["age": .float([-1.2, 0.3])])
  let ages = try same.invert(predicted, select: ["age"])  // in years again

  let service = try RowApplication(same)  // opened once, for row after row
  var row: [Float] = []
  try service.apply(row: ["age": 40, "city": "Lom"], into: &row)

  var rows = 0
  for try await block in try same.apply(contentsOf: newTable) { rows += block.rowCount }
  return (matrix, ages, row, rows)
}
// example ends
