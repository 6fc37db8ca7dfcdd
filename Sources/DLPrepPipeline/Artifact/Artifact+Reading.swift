import DLPrepBytes
public import DLPrepData

extension Artifact {
  /// The fitted pipeline that an artifact holds; its version, hash and content are checked.
  public static func read(
    _ bytes: [UInt8], name: String, catalog: Catalog
  ) throws(PrepError)
    -> FittedPipeline
  {
    do throws(PrepError) {
      if let fitted = readAsWritten(bytes, name, catalog) { return fitted }
      return try readAnyLayout(bytes, name, catalog)
    } catch {
      throw PrepError(
        .artifact, error.message, at: error.place ?? Place(file: name),
        hint: error.hint ?? "fit the pipeline again")
    }
  }

  /// The usual case: the bytes are those that `write` gave, so that they are hashed and read as they
  /// stand; nil where they aren't, or anything else is out of the ordinary.
  private static func readAsWritten(
    _ bytes: [UInt8], _ name: String, _ catalog: Catalog
  ) -> FittedPipeline? {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      do throws(PrepError) {
        let start = unsafe try JSONCursor(buffer, file: name)
        guard unsafe try SealedText(start)?.isIntact(buffer) == true else { return nil }
        return try decoded(SavedText(start), catalog)
      } catch {
        // Read again as a whole, which finds what is wrong and where.
        return nil
      }
    }
  }

  /// Any JSON with the same content: the hash is that of its canonical text.
  private static func readAnyLayout(
    _ bytes: [UInt8], _ name: String, _ catalog: Catalog
  ) throws(PrepError)
    -> FittedPipeline
  {
    let json = try JSON(parsing: bytes, file: name)
    guard case .object(let members) = json, let version = json["format"] else {
      throw unloadable("a fitted pipeline")
    }
    guard version == .integer(Int64(format)) else {
      throw PrepError(
        .artifact, "expected format \(format), found \(version.shown)",
        hint: "use the tool that made it")
    }
    let content = try JSON.object(members.filter { !$0.key.elementsEqual("sha256".utf8) })
      .canonical()
    let found = SHA256.hexadecimal(content)
    let expected = try String(loading: json["sha256"] ?? .null)
    guard found == expected else {
      throw PrepError(
        .artifact, "expected content with SHA-256 \(expected), found \(found)",
        hint: "the file is damaged or was edited; fit the pipeline again")
    }
    let result: Result<FittedPipeline, PrepError> = unsafe content.withUnsafeBufferPointer {
      buffer in
      do throws(PrepError) {
        return .success(
          try decoded(SavedText(unsafe try JSONCursor(buffer, file: name)), catalog))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// The fitted pipeline that intact canonical text holds.
  private static func decoded(
    _ text: SavedText, _ catalog: Catalog
  ) throws(PrepError)
    -> FittedPipeline
  {
    var text = text
    var version: Int?
    var pipeline: Pipeline?
    var inputs: [InputColumn]?
    var steps: [FittedStep]?
    var classes: ByteStrings?
    var splitCutoff: Int?
    var profile: [ColumnProfile]?
    var trainingRows: Int?
    var last: [UInt8]?
    while let key = try text.cursor.nextKey(after: last) {
      last = key
      switch String(decoding: key, as: UTF8.self) {
      case "format":
        version = try Int(reading: &text)
      case "pipeline":
        var errors: [PrepError] = []
        let node = try ConfigNode(json: try text.json())
        pipeline = Pipeline.decoded(from: node, catalog: catalog, errors: &errors)
        if let error = errors.first { throw error }
      case "inputs": inputs = try [InputColumn](reading: &text)
      case "steps": steps = try Self.steps(pipeline?.steps ?? [], &text)
      case "classes": classes = try ByteStrings(reading: &text)
      case "split_cutoff": splitCutoff = try Int?(reading: &text)
      case "profile": profile = try [ColumnProfile](reading: &text)
      case "training_rows": trainingRows = try Int(reading: &text)
      default: _ = try text.json()
      }
    }
    if text.cursor.peek() != nil { throw text.cursor.unexpected("the end after the value") }
    guard version == format else { throw unloadable("format \(format)") }
    guard let pipeline, let inputs, let steps, let classes, let profile, let trainingRows else {
      throw unloadable("a fitted pipeline with all its parts")
    }
    return FittedPipeline(
      pipeline: pipeline, inputs: inputs, steps: steps,
      classes: (0..<classes.count).map { classes[$0] }, splitCutoff: splitCutoff.map(Int64.init),
      profile: profile, trainingRows: trainingRows)
  }

  private static func steps(
    _ steps: [Step], _ text: inout SavedText
  ) throws(PrepError) -> [FittedStep] {
    let count = PrepError(
      .artifact, "expected what each of \(steps.count) steps has learned",
      hint: "fit the pipeline again")
    guard text.isList else { throw count }
    var fitted: [FittedStep] = []
    var isFirst = true
    while try text.cursor.nextElement(&isFirst) {
      guard fitted.count < steps.count else { throw count }
      fitted.append(try FittedStep(steps[fitted.count], reading: &text))
    }
    guard fitted.count == steps.count else { throw count }
    return fitted
  }
}

extension JSON {
  /// Its text, for messages.
  fileprivate var shown: String { String(decoding: (try? canonical()) ?? [], as: UTF8.self) }
}
