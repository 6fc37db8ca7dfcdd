extension Format {
  /// Whether cells stand in it as text, so that one nobody computes with can stay as it was read.
  var isText: Bool { name == "csv" || name == "tsv" }

  /// The format that a result is written as: as stated, or as its name says; CSV on standard output.
  static func ofOutput(_ path: String?, stated: Format?) throws(PrepError) -> Format {
    let told = path.flatMap { $0 == "-" ? csv : ofPath($0) } ?? (path == nil ? csv : nil)
    if let format = stated ?? told {
      // A tensor is made to be read in place, at any offset.
      if format.isTensor, let path, path.lowercased().hasSuffix(".gz") {
        throw PrepError(
          .usage, "'\(format.name)' can't be packed", at: Place(file: path),
          hint: "leave out .gz, or write a table")
      }
      return try format.checked(\.writes, "written", path)
    }
    throw PrepError(
      .usage, "expected a name that tells the format, found '\(path ?? "")'",
      hint: "end it in .csv, .npy or another of 'dlprep formats', or say --to")
  }

  /// The format that a table is read as: as stated, as its name says, or as it looks like.
  static func ofInput(_ input: Input, stated: Format?) throws(PrepError) -> Format {
    if let stated { return try stated.checked(\.reads, "read", input.name) }
    let isJSON = input.name.lowercased().hasSuffix(".json")
    if let told = isJSON ? named("jsonl") : ofPath(input.name) {
      return try told.checked(\.reads, "read", input.name)
    }
    func firstSign(_ bytes: [UInt8]) -> UInt8? {
      bytes.first { $0 != 0x20 && !(9...13).contains($0) }
    }
    let first = firstSign(input.peek(1 << 12) { firstSign($0) != nil })
    return first == UInt8(ascii: "{") ? named("jsonl") ?? csv : csv
  }

  private static var csv: Format { all[0] }

  private func checked(
    _ can: KeyPath<Format, Bool>, _ verb: String, _ path: String?
  )
    throws(PrepError) -> Format
  {
    if self[keyPath: can] { return self }
    let others = Format.all.filter { $0[keyPath: can] }.map(\.name).joined(separator: ", ")
    throw PrepError(
      .usage, "'\(name)' can't be \(verb)", at: path.map { Place(file: $0) },
      hint: "these can be: \(others)")
  }
}
