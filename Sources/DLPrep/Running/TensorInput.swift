/// An array that a fitted pipeline, or a model behind it, has made: its columns are those of the
/// pipeline's tensors.
struct TensorInput {
  /// The array.
  let source: NPYSource

  /// Opens a `.npy` file, or standard input for `-`.
  ///
  /// A matrix holds the features, under the names of the feature map where that lies beside it; a
  /// list, or a matrix of one column where the features are more, is the target.
  init(_ path: String, of fitted: FittedPipeline, _ options: InputOptions) throws(PrepError) {
    let (features, target) = try fitted.tensorColumns()
    let mapped = try Self.mappedFeatures(beside: path)
    if let stranger = mapped?.first(where: { !features.contains($0) }) {
      throw PrepError(
        .artifact, "expected features that the pipeline makes, found '\(stranger)'",
        at: Place(file: Self.map(beside: path)), hint: "another pipeline made the array")
    }
    let names = mapped ?? features
    let place = Place(file: path)
    source = try NPYSource(InputFile(path), options: options) { shape throws(PrepError) in
      if shape.sizes.count == 2, shape.sizes[1] == names.count { return names }
      let isList = shape.sizes.count == 1 || shape.sizes.count == 2 && shape.sizes[1] == 1
      if isList, let target { return [target.name] }
      let columns = names.count == 1 ? "1 column" : "\(names.count) columns"
      var hint = "the pipeline makes \(shortList(names))"
      if let target { hint += "; a list is taken for the target '\(target.name)'" }
      throw PrepError(
        .schema, "expected an array of \(columns), found the shape \(shape)", at: place, hint: hint)
    }
  }

  /// Whether a table is such an array: as stated, or by its name.
  static func isMeant(_ path: String, stated: Format?) -> Bool {
    (stated ?? Format.ofPath(path))?.name == "npy"
  }

  private static func map(beside path: String) -> String {
    Format.named("npy")?.sidecars(of: path).first ?? path
  }

  /// The names that the feature map beside an array says; nil where there is none.
  private static func mappedFeatures(beside path: String) throws(PrepError) -> [String]? {
    let map = map(beside: path)
    guard path != "-", map != path, let file = try? InputFile(map) else { return nil }
    let json = try JSON(parsing: file.readAll(), file: map)
    guard case .array(let features)? = json["features"] else { return nil }
    return features.compactMap { feature in
      guard case .string(let name)? = feature["name"] else { return nil }
      return String(decoding: name, as: UTF8.self)
    }
  }
}
