import DLPrepBytes

/// A file format, as `dlprep formats` lists it.
public struct Format: Sendable, Hashable {
  /// Its name on the command line.
  public let name: String
  /// File name endings, without the dot.
  public let extensions: [String]
  /// Whether tables are read from it.
  public let reads: Bool
  /// Whether tables are written to it.
  public let writes: Bool
  /// Whether it holds numbers only: features as a matrix, the rest apart.
  public let isTensor: Bool
  /// One line on what it is.
  public let summary: String

  /// All formats, in the order of the listing.
  public static let all: [Format] = [
    Format(
      name: "csv", extensions: ["csv"], reads: true, writes: true, isTensor: false,
      summary: "comma-separated values (RFC 4180); other delimiters are told by the header"),
    Format(
      name: "tsv", extensions: ["tsv", "tab"], reads: true, writes: true, isTensor: false,
      summary: "tab-separated values"),
    Format(
      name: "jsonl", extensions: ["jsonl", "ndjson"], reads: true, writes: true, isTensor: false,
      summary: "JSON lines: one object a record"),
    Format(
      name: "npy", extensions: ["npy"], reads: false, writes: true, isTensor: true,
      summary: "NumPy array; the feature map, target, weight and ids are files beside it"),
    Format(
      name: "safetensors", extensions: ["safetensors"], reads: false, writes: true,
      isTensor: true, summary: "named tensors with the feature map as metadata"),
  ]

  /// Endings of compressed files that are read, whatever the name says.
  public static let compressions = ["gz"]

  /// The library that gzip is inflated by here: `igzip` where it is installed, else `zlib`.
  public static var gzipLibrary: String { GzipLibrary.inUse.rawValue }

  /// The files that may be written beside one at a path; those of an earlier run are removed.
  public func sidecars(of path: String) -> [String] {
    switch name {
    case "npy": Sidecars(path).all
    case "safetensors": [Sidecars(path).ids]
    default: []
    }
  }

  /// The format with a name.
  public static func named(_ name: String) -> Format? { all.first { $0.name == name } }

  /// The format that a file's name tells, past `.gz`; nil where it tells none.
  public static func ofPath(_ path: String) -> Format? {
    var parts = path.split(separator: "/").last?.split(separator: ".").map { $0.lowercased() } ?? []
    guard parts.count > 1 else { return nil }
    if let last = parts.last, parts.count > 2, compressions.contains(last) { parts.removeLast() }
    return all.first { $0.extensions.contains(parts[parts.count - 1]) }
  }
}
