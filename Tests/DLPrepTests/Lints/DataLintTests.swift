import DLPrep
import Testing

/// Lints that look at the data of a fit.
struct DataLintTests {
  private let target = "schema: {columns: {y: {role: target}}}\nsplit: {test: 0.2}\n"

  @Test func aNearCopyOfANumberIsFound() throws {
    let copy = table("x,y") { i in "\(Double(i) * 2.54 + 7),\(i)" }
    let steps = "steps: [standardize]"
    #expect(
      try linted(target + steps, copy, named: "target_copy") == [
        "p.yaml:2:20: target_copy: column 'x' says the same as the target 'y': its correlation with "
          + "it is beyond 0.999; give it role: ignore, unless it is known before the target is"
      ])
    // A correlation of 0.99 is a good feature, no copy.
    let good = table("x,y") { i in "\(i + (i % 5) * 8),\(i)" }
    #expect(try linted(target + steps, good, named: "target_copy") == [])
    let silenced = "lints: {ignore: [target_copy]}\n" + target + steps
    #expect(try linted(silenced, copy, named: "target_copy") == [])
    #expect(try linted(silenced, copy, named: "unused_ignore") == [])
    #expect(try linted(silenced, good, named: "unused_ignore").count == 1)
    #expect(
      try linted(target + "steps: [drop: {columns: [x]}]", copy, named: "target_copy") == [])
  }

  @Test func anOppositeIsACopyToo() throws {
    let opposite = table("x,y") { i in "\(-i),\(i)" }
    let found = try linted(target + "steps: [standardize]", opposite, named: "target_copy")
    #expect(found.first?.contains("beyond -0.999") == true)
  }

  @Test func categoriesThatGoOneToOneWithClassesAreFound() throws {
    let copy = table("alive,y") { i in i % 3 == 0 ? "yes,1" : "no,0" }
    let steps = "steps: [one_hot: {columns: [alive]}]"
    #expect(
      try linted(target + steps, copy, named: "target_copy").first?
        .contains("each of its 2 values goes with one of the target's") == true)
    let almost = table("alive,y") { i in i % 3 == 0 ? "yes,\(i == 99 ? 0 : 1)" : "no,0" }
    #expect(try linted(target + steps, almost, named: "target_copy") == [])
    // Words that are all different go with any target.
    let distinct = table("alive,y") { i in "w\(i),\(i)" }
    #expect(try linted(target + "steps: [drop_constant]", distinct, named: "target_copy") == [])
  }

  @Test func fewRowsProveNothing() throws {
    let few = table("x,y", rows: 10) { i in "\(i),\(i)" }
    #expect(try linted(target + "steps: [standardize]", few, named: "target_copy") == [])
  }

  @Test func anEncodedIdIsFound() throws {
    let schema = "schema: {columns: {k: {type: category}}}\nsteps:\n"
    let unique = table("k,z") { i in "k\(i),\(i)" }
    let found = try linted(
      schema + "  - one_hot: {columns: [k]}", unique, named: "id_like_encoded")
    #expect(
      found == [
        "p.yaml:4:25: id_like_encoded: step 'one_hot': encodes column 'k', which has 200 different "
          + "values in 200 rows; give it role: id, pool rare values by group_rare, or take them "
          + "apart first"
      ])
    let pooled =
      schema + "  - group_rare: {columns: [k], max_levels: 5}\n  - one_hot: {columns: [k]}"
    #expect(try linted(pooled, unique, named: "id_like_encoded") == [])
    let some = table("k,z") { i in "k\(i % 150),\(i)" }
    #expect(
      try linted(schema + "  - one_hot: {columns: [k]}", some, named: "id_like_encoded") == [])
    let silenced = schema + "  - one_hot: {columns: [k], lints: {ignore: [id_like_encoded]}}"
    #expect(try linted(silenced, unique, named: "id_like_encoded") == [])
  }

  @Test func moreColumnsThanRowsAreFound() throws {
    let schema = "schema: {columns: {k: {type: category}}}\nsteps:\n"
    let unique = table("k,z", rows: 100) { i in "k\(i),\(i)" }
    #expect(
      try linted(schema + "  - one_hot: {columns: [k]}", unique, named: "wide_output") == [
        "p.yaml:4:5: wide_output: step 'one_hot': 101 columns come out, 100 of them from 'k', but "
          + "there are only 100 training rows; pool rare categories by group_rare, or set max_levels"
      ])
    #expect(
      try linted(
        schema + "  - one_hot: {columns: [k], max_levels: 50}", unique, named: "wide_output") == [])
  }

  @Test func findingsDontDependOnThreadsOrMemory() throws {
    let copy = table("x,y", rows: 5000) { i in "\(i * 3),\(i)" }
    let yaml = target + "steps: [standardize]"
    for (threads, memory) in [(1, 1 << 30), (3, 1 << 12)] {
      var options = RunOptions()
      (options.threads, options.memory) = (threads, memory)
      let source = try CSVSource(bytes: Array(copy.utf8), name: "t.csv")
      let found = try pipeline(yaml).fitted(to: source, options).lintFindings
      #expect(found.map(\.name) == ["target_copy"])
    }
  }

  private func table(_ header: String, rows: Int = 200, _ row: (Int) -> String) -> String {
    header + "\n" + (0..<rows).map { row($0) + "\n" }.joined()
  }
}
