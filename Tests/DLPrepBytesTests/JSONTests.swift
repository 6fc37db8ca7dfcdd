import DLPrepBytes
import DLPrepData
import Testing

@Suite struct JSONTests {
  private func failure(_ text: String, line: Int = 1) -> PrepError? {
    do throws(PrepError) {
      _ = try JSON(parsing: Array(text.utf8), line: line)
      return nil
    } catch {
      return error
    }
  }

  private func canonical(_ text: String) throws -> String {
    String(decoding: try JSON(parsing: Array(text.utf8)).canonical(), as: UTF8.self)
  }

  @Test func grammarOfTheSuite() throws {
    guard let path = SharedFolder.path("corpora/fetched/jsontestsuite.jsonl") else { return }
    let lines = try InputFile(path).readAll().split(separator: 0x0A)
    var (accepted, refused) = (0, 0)
    for line in lines {
      let test = try JSON(parsing: Array(line))
      guard case .string(let encoded)? = test["base64"] ?? test["data"],
        case .string(let expected)? = test["expect"]
      else {
        Issue.record("a test of an unknown form: \(String(decoding: line, as: UTF8.self))")
        return
      }
      let document = base64(encoded)
      let value = try? JSON(parsing: document)
      switch String(decoding: expected, as: UTF8.self) {
      case "accept":
        accepted += 1
        // The suite allows a key twice, this parser does not.
        let name = String(decoding: line, as: UTF8.self)
        let isTwice = name.contains("y_object_duplicated_key")
        #expect((value == nil) == isTwice, "\(String(decoding: line, as: UTF8.self))")
      case "reject":
        refused += 1
        #expect(value == nil, "\(String(decoding: line, as: UTF8.self))")
      default: break
      }
      if let value { #expect(try JSON(parsing: value.canonical(.lines)) == value.sorted) }
    }
    #expect(accepted > 80 && refused > 150)
  }

  private func base64(_ text: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var (bits, count, out) = (UInt32(0), 0, [UInt8]())
    for byte in text {
      guard let value = alphabet.firstIndex(of: byte) else { continue }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return out
  }

  @Test func canonicalText() throws {
    #expect(
      try canonical(#" { "b" : [1, 2.50, -0, 1E2 ] , "a":null } "#)
        == #"{"a":null,"b":[1,2.5,-0.0,100.0]}"#)
    #expect(
      try canonical(#"["\u00e9\ud83d\ude00\/\"\\\u0001\n\u007f"]"#)
        == "[\"\u{e9}\u{1F600}/\\\"\\\\\\u0001\\n\u{7f}\"]")
    #expect(
      try canonical("[9223372036854775807,-9223372036854775808,9223372036854775808]")
        == "[9223372036854775807,-9223372036854775808,9.223372036854776e+18]")
    #expect(try canonical("[1e-7,0.1,123456789.125,5e-324]") == "[1e-07,0.1,123456789.125,5e-324]")
    #expect(
      try canonical("{\"\u{e9}\":1,\"e\u{301}\":2,\"z\":3}")
        == "{\"e\u{301}\":2,\"z\":3,\"\u{e9}\":1}")
    #expect(throws: PrepError.self) { try JSON.number(.infinity).canonical() }
    #expect(throws: PrepError.self) { try JSON.array([.number(.nan)]).canonical() }
  }

  @Test func linesForPeople() throws {
    let value = try JSON(parsing: Array(#"{"n":[1,2],"s":["x","y"],"o":{},"e":[]}"#.utf8))
    let text = String(decoding: try value.canonical(.lines), as: UTF8.self)
    #expect(
      text == "{\n \"e\": [],\n \"n\": [1,2],\n \"o\": {},\n \"s\": [\n  \"x\",\n  \"y\"\n ]\n}\n")
    #expect(try JSON(parsing: Array(text.utf8)) == value.sorted)
  }

  @Test(
    arguments: [
      ("{\"a\":1,\n\"a\":2}", 2, 1), ("[1,\n 2,]", 2, 4), ("{a:1}", 1, 2), ("[1] x", 1, 5),
      ("[\"\u{e9}\u{1F600}\", x]", 1, 8), ("[01]", 1, 3), ("[+1]", 1, 2), ("[.5]", 1, 2),
      ("[\"a\tb\"]", 1, 4), ("[\"abc", 1, 2), ("[\"\\ud800\"]", 1, 3), ("[\"\\x\"]", 1, 3),
      ("", 1, 1),
      ("[NaN]", 1, 2), ("[1e400]", 1, 2), ("{\"a\":1 \"b\":2}", 1, 8), ("[truth]", 1, 2),
      ("[nul", 1, 2),
    ] as [(String, Int, Int)])
  func errorsNameTheirPlace(text: String, line: Int, column: Int) {
    let error = failure(text)
    #expect(error?.code == .json)
    #expect(error?.place == Place(file: "<json>", line: line, column: column), "\(text)")
    #expect(failure(text, line: 5)?.place?.line == line + 4)
  }

  @Test func depthAndKeysAreLimited() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(failure(nested(128)) == nil)
    #expect(failure(nested(129))?.place?.column == 129)
    #expect(failure(String(repeating: "{\"a\":", count: 1_000_000))?.code == .json)
    let keys = (0..<100).map { "\"k\($0)\":0" }.joined(separator: ",")
    #expect(failure("{\(keys)}") == nil)
    #expect(failure("{\(keys),\"k3\":1}")?.message.contains("'k3' again") == true)
    #expect(failure("[\"\\u0000\"]") == nil)
  }

  @Test func badTextIsAnError() {
    do throws(PrepError) {
      _ = try JSON(parsing: [0x5B, 0x22, 0xFF, 0x22, 0x5D])
      Issue.record("bytes that are no UTF-8 were accepted")
    } catch {
      #expect(error.place?.column == 3)
    }
  }

  @Test func randomDoublesComeBack() throws {
    var random = SeededBytes(9)
    let values = (0..<5000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    let json = JSON.array(values.map { .number($0) })
    #expect(try JSON(parsing: json.canonical()) == json)
  }
}

extension JSON {
  /// The same value with its keys in byte order.
  fileprivate var sorted: JSON {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(
        members.sorted { $0.key.lexicographicallyPrecedes($1.key) }
          .map { Member(key: $0.key, value: $0.value.sorted) })
    default: self
    }
  }
}
