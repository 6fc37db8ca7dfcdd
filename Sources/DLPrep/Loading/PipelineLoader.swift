/// Reads pipelines: from YAML, from one line, or fitted ones.
public struct PipelineLoader: Sendable {
  /// The stages that a pipeline may name.
  public var catalog = standardStages
  /// What `--set` changes.
  public var overrides: [Override] = []
  /// Keys of `input:` that replace what the pipeline says, as if they stood in the file.
  public var input: [ConfigNode.Entry] = []
  /// How many bytes are read at a time; nil: as the reader likes.
  ///
  /// Results never depend on it.
  public var blockBytes: Int?

  /// The stages of this package, nothing changed from outside.
  public init() {}

  /// The pipeline that a file holds: YAML, or a fitted one.
  public func load(path: String) throws(PrepErrors) -> LoadedPipeline {
    let bytes: [UInt8]
    do throws(PrepError) {
      bytes = try InputFile(path).readAll()
    } catch {
      throw PrepErrors([error])
    }
    do throws(PrepErrors) {
      return try load(bytes, name: path)
    } catch {
      // Arguments in the wrong order: what is wrong with a table as YAML helps nobody.
      guard Format.ofPath(path)?.reads == true else { throw error }
      throw PrepErrors([
        PrepError(
          .usage, "expected a pipeline, found a table by its name", at: Place(file: path),
          hint: "the pipeline comes first, then the table")
      ])
    }
  }

  /// The pipeline that some bytes hold; `name` is how messages call them.
  public func load(_ bytes: [UInt8], name: String) throws(PrepErrors) -> LoadedPipeline {
    guard Artifact.isArtifact(bytes, name: name) else {
      var errors: [PrepError] = []
      guard let node = PipelineFile.read(bytes: bytes, name: name, errors: &errors) else {
        throw PrepErrors(errors)
      }
      return .unfitted(try pipeline(node, folder: Self.folder(of: name)))
    }
    do throws(PrepError) {
      let fitted = try Artifact.read(bytes, name: name, catalog: catalog)
      if let first = overrides.first {
        throw PrepError(
          .usage, "a fitted pipeline can't be changed by --set \(first.owner).\(first.key)",
          at: Place(file: name), hint: "fit it again")
      }
      return .fitted(try fitted.reading(overridden(fitted.pipeline).input))
    } catch {
      throw PrepErrors([error])
    }
  }

  /// The pipeline that a line stands for.
  public func load(expression: String) throws(PrepErrors) -> Pipeline {
    let node: ConfigNode
    do throws(PrepError) {
      node = try OneLine.parsed(expression)
    } catch {
      throw PrepErrors([error])
    }
    return try pipeline(node, folder: nil)
  }

  /// A pipeline without steps, read as the options say.
  public func empty() throws(PrepErrors) -> Pipeline {
    do throws(PrepError) {
      return try overridden(Pipeline())
    } catch {
      throw PrepErrors([error])
    }
  }

  /// The folder of a file; nil: the current one.
  private static func folder(of path: String) -> String? {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) }
  }

  private func pipeline(_ node: ConfigNode, folder: String?) throws(PrepErrors) -> Pipeline {
    var errors: [PrepError] = []
    var pipeline = Pipeline.decoded(
      from: node, catalog: catalog, overrides: overrides, errors: &errors)
    if errors.isEmpty { pipeline.readTables(from: folder, errors: &errors) }
    guard errors.isEmpty else { throw PrepErrors(errors) }
    do throws(PrepError) {
      return try overridden(pipeline)
    } catch {
      throw PrepErrors([error])
    }
  }

  /// The pipeline with the input options of the command line in the place of its own.
  private func overridden(_ pipeline: Pipeline) throws(PrepError) -> Pipeline {
    var pipeline = pipeline
    if !input.isEmpty {
      var errors: [PrepError] = []
      let node = pipeline.inputNode(replacing: input)
      let changed = Pipeline.decoded(from: node, catalog: catalog, errors: &errors)
      if var error = errors.first {
        // Of two keys that can't stand together, the flag's is the one that has a place.
        error.place = error.place ?? input.first?.place
        throw error
      }
      pipeline.input = changed.input
    }
    if let blockBytes { pipeline.input.blockBytes = blockBytes }
    return pipeline
  }
}

extension Pipeline {
  /// A pipeline file with nothing but this pipeline's `input`, in which keys are replaced.
  fileprivate func inputNode(replacing entries: [ConfigNode.Entry]) -> ConfigNode {
    var own: [ConfigNode.Entry] = []
    if case .map(let entries, _)? = node["input"] { own = entries }
    // Names are for tables without a header.
    if entries.contains(where: { $0.key == "header" && $0.value.isTrue }),
      !entries.contains(where: { $0.key == "columns" })
    {
      own.removeAll { $0.key == "columns" }
    }
    for entry in entries {
      if let position = own.firstIndex(where: { $0.key == entry.key }) {
        own[position] = own[position].merged(with: entry)
      } else {
        own.append(entry)
      }
    }
    return .map([
      ("dlprep", .text("1")), ("input", .map(own, Place(file: ""))),
    ])
  }
}

extension ConfigNode {
  fileprivate var isTrue: Bool { if case .scalar("true", _, _) = self { true } else { false } }
}

extension ConfigNode.Entry {
  /// The other entry; of two mappings, the keys of both.
  fileprivate func merged(with other: ConfigNode.Entry) -> ConfigNode.Entry {
    guard case .map(let mine, let place) = value, case .map(let theirs, _) = other.value else {
      return other
    }
    let kept = mine.filter { entry in !theirs.contains { $0.key == entry.key } }
    return ConfigNode.Entry(key, at: self.place, .map(kept + theirs, place))
  }
}

extension FittedPipeline {
  /// The same pipeline, its data read in another way.
  fileprivate func reading(_ input: InputOptions) -> FittedPipeline {
    var changed = pipeline
    changed.input = input
    return FittedPipeline(
      pipeline: changed, inputs: inputs, steps: steps, classes: classes, splitCutoff: splitCutoff,
      profile: profile, trainingRows: trainingRows)
  }
}
