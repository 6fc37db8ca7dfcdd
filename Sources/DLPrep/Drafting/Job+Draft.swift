extension Job {
  /// Drafts a pipeline for a table, as the text of a pipeline file: types, roles, and a step for
  /// each problem that the table has, each with the evidence.
  ///
  /// `reading` is a pipeline without steps that says how the table is read. The table is read two
  /// or three times: to look at it, and to see whether the draft works on it.
  /// `target` is the column to predict; nil: guessed by its name.
  public func draft(
    _ path: String, reading: Pipeline, target: String? = nil, isHeaderStated: Bool = false
  ) throws(PrepError) -> String {
    var reading = reading
    var (table, surveys) = try firstLook(path, &reading, isHeaderStated: isHeaderStated)
    let isGuessed = reading.input.header == false && !isHeaderStated
    let judged = DraftReading(
      surveys, table.source.columns, reading.input, isHeaderStated: isHeaderStated || isGuessed)
    if judged.isChanged {
      reading.input = judged.input
      table = try table.again(reading.input.keepingBlocks)
      surveys = try survey(table, reading)
    }
    let reasons = (isGuessed ? [DraftReading.noHeader] : []) + judged.reasons
    var draft = try Draft(
      surveys, of: path, input: Self.inputText(reading, reasons), target: target)
    // What a try finds is mended, and tried once more.
    for _ in 0..<2 {
      guard case .unfitted(let pipeline) = try loaded(draft) else { break }
      table = try table.again(pipeline.input.keepingBlocks)
      let findings: [LintFinding]
      do throws(PrepError) {
        findings = try pipeline.fitted(to: table.source, settings.run).lintFindings
      } catch {
        settings.tell(.warning("the draft doesn't fit the table yet: \(error)"))
        break
      }
      if findings.isEmpty { break }
      draft.mend(findings)
    }
    try table.checkUnchanged()
    return draft.text
  }

  /// Opens a table and looks at it; one whose first line can't be a header, as it says one name
  /// twice, is read without one if numbers in that line fit their columns.
  private func firstLook(
    _ path: String, _ reading: inout Pipeline, isHeaderStated: Bool
  ) throws(PrepError) -> (TableFile, [ColumnSurvey]) {
    let refused: PrepError
    do throws(PrepError) {
      let table = try open(path, reading.input, mayLearn: true)
      return (table, try survey(table, reading))
    } catch {
      refused = error
    }
    // What came through a pipe is gone.
    guard refused.code == .header, !isHeaderStated, path != "-" else { throw refused }
    var guess = reading
    guess.input.header = false
    let table = try open(path, guess.input, mayLearn: true)
    let surveys = try survey(table, guess)
    let numbers = surveys.count { $0.field.type.isNumeric }
    let hidden = surveys.filter { $0.words.map { $0.others == 0 } ?? false }
    guard numbers + hidden.count >= 2 else { throw refused }
    reading = guess
    return (table, surveys)
  }

  /// Looks at all columns, every row of them.
  private func survey(
    _ table: TableFile, _ pipeline: Pipeline
  ) throws(PrepError) -> [ColumnSurvey] {
    let result = try pipeline.fitted(to: table.source, settings.run)
    return try result.survey(threads: settings.run.threads)
  }

  /// The draft, read as a pipeline file.
  private func loaded(_ draft: Draft) throws(PrepError) -> LoadedPipeline {
    do throws(PrepErrors) {
      return try PipelineLoader().load(Array(draft.text.utf8), name: "draft")
    } catch {
      throw error.all.first ?? PrepError(.internal, "expected a draft that can be read")
    }
  }

  /// The section `input:` of a pipeline with the reasons above it; empty for the defaults.
  private static func inputText(_ pipeline: Pipeline, _ reasons: [String]) -> String {
    guard case .map(let entries, _) = pipeline.node,
      let input = entries.first(where: { $0.key == "input" })
    else { return "" }
    let text = PipelineFile.text(.map([("input", input.value)]))
    return reasons.map { "# \($0)\n" }.joined() + text
  }
}

extension Draft {
  /// Takes what lints have found in the table to heart: copies of the target go, the rest is said.
  fileprivate mutating func mend(_ findings: [LintFinding]) {
    for finding in findings {
      let column = columns.first {
        $0.role == .feature
          && finding.problem.message.hasPrefix("column '\($0.name)' says the same")
      }
      if finding.name == "target_copy", let column {
        leaveOut(
          column.name, because: "says the same as the target: look whether it is known before")
      } else if finding.severity != .refused, !ignored.contains(where: { $0.lint == finding.name })
      {
        ignored.append((finding.name, DraftText.line(finding.problem.message)))
      }
    }
  }
}
