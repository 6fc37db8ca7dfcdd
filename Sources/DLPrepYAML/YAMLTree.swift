internal import DLPrepData
internal import DLPrepPipeline
internal import Yams

/// Turns the parser's tree into one of literal text, and refuses what pipelines don't take.
struct YAMLTree {
  private let source: YAMLSource
  private var errors: [PrepError] = []
  private var count = 0
  private var anchors: [String: (node: ConfigNode, count: Int)] = [:]
  private var open: Set<String> = []

  /// The one document of a file.
  static func read(
    _ source: inout YAMLSource, errors: inout [PrepError]
  ) throws(PrepError) -> ConfigNode? {
    let (parser, root) = try composed(&source)
    guard let root else {
      throw PrepError(.yaml, "the file is empty", at: Place(file: source.name))
    }
    var tree = YAMLTree(source: source)
    // Nodes refer to their anchors weakly: the parser owns them.
    let node = withExtendedLifetime(parser) { tree.node(root, depth: 0) }
    errors += tree.errors
    return tree.errors.isEmpty ? node : nil
  }

  private init(source: YAMLSource) { self.source = source }

  /// The parser's tree, with repeated keys renamed.
  ///
  /// The parser stops at the first repeated key without saying where both stand, so that
  /// key is renamed and the text parsed again: this reader finds all of them.
  private static func composed(
    _ source: inout YAMLSource
  ) throws(PrepError) -> (Parser, Node?) {
    while true {
      do {
        let parser = try Parser(
          yaml: source.dressed, resolver: .basic, constructor: .default, encoding: .utf8)
        return (parser, try parser.singleRoot())
      } catch YamlError.duplicatedKeysInMapping(_, let context)
        where source.rename(keyAt: context.mark.line, context.mark.column)
      {
        continue
      } catch {
        throw YAMLProblem.error(for: error, in: source)
      }
    }
  }

  private mutating func node(_ node: Node, depth: Int) -> ConfigNode? {
    let place = source.start(node.mark?.line ?? 0, node.mark?.column ?? 0)
    let before = count
    count += 1
    guard depth <= PipelineFile.depthLimit else {
      return fail("nested deeper than \(PipelineFile.depthLimit) levels", place)
    }
    guard count <= PipelineFile.nodeLimit else {
      // Said once: the first value too many.
      return count == PipelineFile.nodeLimit + 1
        ? fail("more than \(PipelineFile.nodeLimit) values", place) : nil
    }
    guard let anchor = node.anchor?.rawValue else { return content(node, place, depth) }
    if let written = source.anchor(at: node.mark?.line ?? 0, node.mark?.column ?? 0),
      written != anchor
    {
      return fail("expected an anchor of letters, digits, - and _, found '&\(written)'", place)
    }
    open.insert(anchor)
    let converted = content(node, place, depth)
    open.remove(anchor)
    if case .scalar("", quoted: false, _)? = converted {
      return fail(
        "expected a value after the anchor '&\(anchor)', found nothing", place,
        hint: YAMLProblem.quoteHint("&"))
    }
    if let converted { anchors[anchor] = (converted, count - before) }
    return converted
  }

  private mutating func content(_ node: Node, _ place: Place, _ depth: Int) -> ConfigNode? {
    switch node {
    case .scalar(let scalar): return self.scalar(scalar, place)
    case .sequence(let sequence):
      var nodes: [ConfigNode] = []
      for node in sequence {
        guard let item = self.node(node, depth: depth + 1) else {
          if isExhausted { return nil }
          continue
        }
        nodes.append(item)
      }
      return .list(nodes, place)
    case .mapping(let mapping): return self.mapping(mapping, place, depth)
    case .alias: return fail("an alias that stands for nothing", place)
    }
  }

  private mutating func scalar(_ scalar: Node.Scalar, _ place: Place) -> ConfigNode? {
    let text = source.undressed(scalar.string)
    guard scalar.style == .plain || scalar.style == .any else {
      // An empty block, as in `delimiter: |`, is a sign that should have been quoted.
      if text.isEmpty && [.literal, .folded].contains(scalar.style) {
        return .scalar("", quoted: false, place)
      }
      // The parser loses a byte order mark that stands first.
      let isCut =
        source.startsWithEscapedMark(place) && text.unicodeScalars.first != "\u{FEFF}"
      return .scalar(isCut ? "\u{FEFF}" + text : text, quoted: true, place)
    }
    if source.starts(scalar.string, with: "!") {
      return fail(
        "expected a value without a tag, found '\(ConfigNode.shortened(text))'", place,
        hint: YAMLProblem.quoteHint("!"))
    }
    if source.starts(scalar.string, with: "*") {
      guard scalar.anchor == nil else {
        return fail("expected a value after the anchor, found the alias '\(text)'", place)
      }
      return alias(text, place)
    }
    if ["-", "?", ":"].contains(text) || Self.startsAsKey(text) {
      return fail(
        "expected a value, found '\(text)'", place, hint: "text that starts so must be quoted")
    }
    return .scalar(text, quoted: false, place)
  }

  /// Whether text is written as an explicit key: `? key`.
  private static func startsAsKey(_ text: String) -> Bool {
    let start = text.unicodeScalars.prefix(2)
    return start.first == "?" && start.last?.properties.isWhitespace == true
  }

  /// What `*name` stands for.
  private mutating func alias(_ text: String, _ place: Place) -> ConfigNode? {
    let name = String(text.dropFirst())
    if open.contains(name) {
      return fail("'\(text)' stands inside of what it names", place)
    }
    guard let anchored = anchors[name] else {
      return fail(
        "there is no anchor '&\(ConfigNode.shortened(name))'", place,
        hint: YAMLProblem.quoteHint("*"))
    }
    count += anchored.count
    guard count <= PipelineFile.nodeLimit else {
      count = PipelineFile.nodeLimit + 1
      return fail("more than \(PipelineFile.nodeLimit) values behind aliases", place)
    }
    return anchored.node
  }

  private mutating func mapping(
    _ mapping: Node.Mapping, _ place: Place, _ depth: Int
  ) -> ConfigNode? {
    var entries: [ConfigNode.Entry] = []
    var seen: [[UInt8]: Place] = [:]
    for (key, value) in mapping {
      if isExhausted { return nil }
      guard let (name, keyPlace) = self.key(key, depth) else { continue }
      if let first = seen[Array(name.utf8)] {
        _ = fail(
          "the key '\(name)' stands twice in this mapping", keyPlace,
          hint: "the first one is at \(first)")
        continue
      }
      seen[Array(name.utf8)] = keyPlace
      if let value = node(value, depth: depth + 1) {
        entries.append(.init(name, at: keyPlace, value))
      }
    }
    return .map(entries, place)
  }

  /// The text of a key and where it stands.
  private mutating func key(_ node: Node, _ depth: Int) -> (String, Place)? {
    let place = source.start(node.mark?.line ?? 0, node.mark?.column ?? 0)
    guard case .scalar(let scalar) = node else {
      _ = fail("expected text as a key, found a list or a mapping", place)
      return nil
    }
    if source.starts(scalar.string, with: "*"), scalar.style == .plain {
      _ = fail(
        "expected text as a key, found '\(source.undressed(scalar.string))'", place,
        hint: "a name that starts with * must be quoted")
      return nil
    }
    guard case .scalar(let text, let quoted, _)? = self.node(node, depth: depth + 1) else {
      return nil
    }
    if text == "<<" && !quoted {
      _ = fail("merge keys are not taken", place, hint: "write the keys out")
      return nil
    }
    if text.isEmpty && !quoted {
      _ = fail("expected a key, found nothing", place)
      return nil
    }
    return (text, place)
  }

  private var isExhausted: Bool { count > PipelineFile.nodeLimit }

  /// Reports a problem; once the file has turned out too large, nothing more is said.
  private mutating func fail(_ message: String, _ place: Place, hint: String? = nil) -> ConfigNode?
  {
    if errors.count < 100 {
      errors.append(PrepError(.yaml, message, at: place, hint: hint))
    }
    return nil
  }
}
