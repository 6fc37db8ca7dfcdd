import DLPrepBytes
import DLPrepData
import DLPrepFormats
import Testing

@Suite struct TensorWriterTests {
  private let columns: [OutputColumn] = {
    var target = Field("y", .category, role: .target)
    target.sources = ["y"]
    return output([
      Field("x", .float), vector("k", ["a", "b"]), Field("b", .bool), target,
      Field("w", .float, role: .weight), Field("id", .text, role: .id),
    ])
  }()

  private func rows() -> Block {
    block([
      floats([1.5, nil, -2]), oneHot([1, nil, -1]), flags([false, nil, false]),
      categories(["no", "maybe", nil]), floats([0.5, 1, 2]), texts(["p", "q,r", nil]),
    ])
  }

  private var options: TensorOptions {
    var options = TensorOptions()
    options.classes = [Array("maybe".utf8), Array("no".utf8)]
    return options
  }

  /// The SHA-256 of what `numpy.save` wrote for the same arrays.
  @Test func npyFilesAreThoseOfNumPy() throws {
    let folder = try Folder()
    let outputs = OutputSet()
    let sink = try NPYSink(columns, path: "\(folder.path)/x.npy", in: outputs, options: options)
    try write([rows()], to: sink)
    try outputs.publish()
    #expect(sink.missingCount == 4)
    #expect(
      folder.names == ["x.features.json", "x.id.csv", "x.npy", "x.target.npy", "x.weight.npy"])
    let matrix = try #require(folder.contents("x.npy"))
    // NumPy's NaN has the same bits as Swift's, and -2's zeros in the one-hot are plain zeros.
    let expected = NumPy.matrix
    #expect(matrix == expected)
    #expect(
      SHA256.hexadecimal(try #require(folder.contents("x.target.npy")))
        == "55de21e81cf6c89eb3f713478cf5e3d53cec13cc195db36d0955d4953905575d")
    #expect(
      SHA256.hexadecimal(try #require(folder.contents("x.weight.npy")))
        == "a03fcaf0f86e508a63cec9ac5cdeeb3e2548ef9769d9138342f83294415b75ee")
    #expect(folder.contents("x.id.csv") == Array("id\np\n\"q,r\"\n\"\"\n".utf8))
    let map = try JSON(parsing: #require(folder.contents("x.features.json")))
    guard case .array(let features) = map["features"] else {
      Issue.record("no features")
      return
    }
    #expect(features.map { $0["name"].text } == ["x", "k=a", "k=b", "b"])
    #expect(features[2]["value"].text == "b")
    #expect(features[2]["steps"].texts == ["one_hot"])
    #expect(map["target"]?["classes"].texts == ["maybe", "no"])
    #expect(map["rows"].number == 3)
    // The data lies behind a header of 128 bytes, four float32 a row.
    var sum: UInt64 = 0
    for row in 0..<3 {
      sum &+= XXH64.hash(Array(matrix[(128 + row * 16)..<(144 + row * 16)]), seed: UInt64(row))
    }
    #expect(map["files"]?["x.npy"].text?.hasSuffix(String(sum, radix: 16)) == true)
  }

  private func numbers(_ bytes: ArraySlice<UInt8>) -> [Int64] {
    let bytes = Array(bytes)
    return stride(from: 0, to: bytes.count, by: 8).map { at in
      (0..<8).reduce(0) { $0 | Int64(bytes[at + $1]) << Int64(8 * $1) }
    }
  }

  @Test func groupsAreNumberedInTheOrderOfTheirBytes() throws {
    let fields = output([Field("x", .float), Field("g", .text, role: .group)])
    let blocks = [
      block([floats([1, 2, 3]), texts(["b", "Z", nil])]),
      block([floats([4, 5]), texts(["a", "b"])]),
    ]
    blocks[1].rows = Rows(first: 3, count: 2)
    // Z is before a by its byte; -1 is none.
    let expected: [Int64] = [2, 0, -1, 1, 2]
    let folder = try Folder()
    let outputs = OutputSet()
    let npy = try NPYSink(fields, path: "\(folder.path)/x.npy", in: outputs)
    try write(blocks, to: npy)
    let one = try SafetensorsSink(fields, path: "\(folder.path)/x.safetensors", in: outputs)
    try write(blocks, to: one)
    try outputs.publish()
    #expect(
      folder.names == ["x.features.json", "x.group.npy", "x.npy", "x.safetensors"])
    #expect(numbers(try #require(folder.contents("x.group.npy"))[128...]) == expected)
    let map = try JSON(parsing: #require(folder.contents("x.features.json")))
    #expect(map["group"]?["values"].texts == ["Z", "a", "b"])
    #expect(npy.missingNotes == ["1 row without a group: -1 in its array"])

    let bytes = try #require(folder.contents("x.safetensors"))
    let size = Int(numbers(bytes[..<8])[0])
    let header = try JSON(parsing: Array(bytes[8..<(8 + size)]))
    #expect(header["features"]?["data_offsets"]?.canonicalText == "[0,20]")
    #expect(header["group"]?["data_offsets"]?.canonicalText == "[20,60]")
    let data = bytes[(8 + size)...]
    #expect(data.count == 60)
    #expect(numbers(data.suffix(40)) == expected)
    #expect(Array(data.prefix(8)) == [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40])
    #expect(one.missingNotes == npy.missingNotes)
  }

  @Test func aGroupThatIsANumberMustBeThere() throws {
    let fields = output([Field("x", .float), Field("g", .integer, role: .group)])
    let folder = try Folder()
    let sink = try NPYSink(fields, path: "\(folder.path)/x.npy", in: OutputSet())
    let error = #expect(throws: PrepError.self) {
      try write([block([floats([1, 2]), integers([7, nil])])], to: sink)
    }
    #expect(error?.record == 1)
    #expect(error?.message.hasSuffix("found a missing one") == true)
  }

  @Test func staleFilesOfAnEarlierRunGo() throws {
    let folder = try Folder()
    for fields in [columns, [columns[0]]] {
      let outputs = OutputSet()
      let sink = try NPYSink(fields, path: "\(folder.path)/x.npy", in: outputs, options: options)
      try write([rows()], to: sink)
      try outputs.publish()
    }
    #expect(folder.names == ["x.features.json", "x.npy"])
  }

  @Test func blocksInAnyOrderGiveTheSameBytes() throws {
    let folder = try Folder()
    let columns = output([Field("x", .float), vector("k", ["a", "b", "c"])])
    let first = block([floats([1, 2]), oneHot([0, 1])])
    let second = block([floats([3]), oneHot([2])])
    var files: [[UInt8]] = []
    for order in [[0, 1], [1, 0]] {
      let outputs = OutputSet()
      let sink = try NPYSink(columns, path: "\(folder.path)/x.npy", in: outputs)
      #expect(sink.takesAnyOrder)
      let encoder = sink.makeEncoder()
      for i in order {
        var encoded = EncodedBlock(outputs: sink.outputs)
        try encoder.encode([first, second][i], into: &encoded)
        try sink.write(encoded, firstRow: [0, 2][i])
      }
      try sink.finish(rows: 3)
      try outputs.publish()
      files.append(try #require(folder.contents("x.npy")))
    }
    #expect(files[0] == files[1])
    #expect(files[0].count == 128 + 3 * 4 * 4)
  }

  @Test func onAPipeTheMatrixComesAlone() throws {
    let sink = Collected()
    let writer = try NPYSink(matrixOf: columns, to: PlacedOutput(sink), options: options)
    #expect(writer.outputs == 1)
    try write([rows()], to: writer)
    #expect(sink.all == NumPy.matrix)
  }

  @Test func safetensorsHoldEverythingWithoutHoles() throws {
    let folder = try Folder()
    let outputs = OutputSet()
    var options = options
    options.dtype = .float64
    let path = "\(folder.path)/x.safetensors"
    let sink = try SafetensorsSink(columns, path: path, in: outputs, options: options)
    try write([rows()], to: sink)
    try outputs.publish()
    #expect(folder.names == ["x.id.csv", "x.safetensors"])
    let bytes = try #require(folder.contents("x.safetensors"))
    let length = bytes[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try JSON(parsing: Array(bytes[8..<8 + length]))
    #expect(length % 8 == 0)
    func offsets(_ name: String) -> [Int?] {
      guard case .array(let pair) = header[name]?["data_offsets"] else { return [] }
      return pair.map { Optional($0).number }
    }
    #expect(offsets("features") == [0, 96])
    #expect(offsets("target") == [96, 120])
    #expect(offsets("weight") == [120, 144])
    #expect(bytes.count == 8 + length + 144)
    #expect(header["features"]?["dtype"].text == "F64")
    let data = Array(bytes[(8 + length)...])
    #expect(Array(data[96..<104]) == [1, 0, 0, 0, 0, 0, 0, 0])
    #expect(Array(data[112..<120]) == Array(repeating: 255, count: 8))
    #expect(Array(data[0..<8]) == [0, 0, 0, 0, 0, 0, 0xF8, 0x3F])
    #expect(header["__metadata__"]?["features"].text?.contains("\"k=b\"") == true)
  }

  @Test func aFeatureThatIsNoNumberIsRefusedWithWhatToDo() {
    let columns = output([Field("x", .float), Field("city", .category), Field("note", .text)])
    let error = #expect(throws: PrepError.self) {
      _ = try NPYSink(matrixOf: columns, to: PlacedOutput(Collected()))
    }
    #expect(error?.code == .type)
    #expect(
      error?.message == "expected numbers in a tensor, found 'city' (category), 'note' (text)")
    #expect(error?.hint?.contains("one_hot") == true)
  }

  @Test func aClassThatTheFitNeverSawIsAnError() throws {
    let writer = try NPYSink(
      columns, path: Folder().path + "x.npy", in: OutputSet(), options: TensorOptions())
    let error = #expect(throws: PrepError.self) { try write([rows()], to: writer) }
    #expect(error?.code == .unseen)
  }

  @Test func theStreamedHashIsThatOfTheWhole() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    for piece in [1, 7, 31, 32, 33, 64, 1000] {
      var stream = XXH64.Stream()
      for start in stride(from: 0, to: bytes.count, by: piece) {
        let part = Array(bytes[start..<min(start + piece, bytes.count)])
        unsafe part.withUnsafeBytes { unsafe stream.update($0) }
      }
      #expect(stream.value() == XXH64.hash(bytes))
    }
    #expect(XXH64.Stream().value() == XXH64.hash([]))
  }
}

/// What `numpy.save` writes.
enum NumPy {
  // np.array([[1.5, 0, 1, 0], [nan] * 4, [-2, 0, 0, 0]], dtype="<f4")
  static let matrix: [UInt8] = {
    let header =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }"
      + String(repeating: " ", count: 58) + "\n"
    let start: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 0x76, 0]
    let one: [UInt8] = [0, 0, 0x80, 0x3F]
    let nan: [UInt8] = [0, 0, 0xC0, 0x7F]
    let zero: [UInt8] = [0, 0, 0, 0]
    let first: [UInt8] = [0, 0, 0xC0, 0x3F] + zero + one + zero
    return start + Array(header.utf8) + first + nan + nan + nan + nan
      + [0, 0, 0, 0xC0] + zero + zero + zero
  }()
}

extension JSON {
  fileprivate var canonicalText: String? {
    (try? canonical()).map { String(decoding: $0, as: UTF8.self) }
  }
}
