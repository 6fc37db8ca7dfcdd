import DLPrepBytes
import DLPrepData
import Testing

/// Lists read in one go have to be what reading them value by value gives.
struct JSONListTests {
  /// What a body makes of a text, and where it then stands.
  private func read<Value>(
    _ text: String, _ body: (inout JSONCursor) throws -> Value
  ) throws -> (value: Value, offset: Int) {
    try unsafe Array(text.utf8).withUnsafeBufferPointer { bytes in
      var cursor = unsafe try JSONCursor(bytes, file: "list.json")
      let value = try body(&cursor)
      return (value, cursor.offset)
    }
  }

  private func strings(_ json: JSON) -> [[UInt8]] {
    guard case .array(let values) = json else { return [] }
    return values.map { if case .string(let bytes) = $0 { bytes } else { [] } }
  }

  @Test func listsOfText() throws {
    var bytes = SeededBytes(4)
    let pieces = [
      "", "a", "é", "Employer 00002 LLC", "\u{1F600}", " , ]", "[{12345678901234567890",
    ]
    let escapes = [#"\""#, #"\\"#, #"\n"#, #"\u00e9"#, #"\ud83d\ude00"#]
    for length in 1..<60 {
      let withEscapes = length % 2 == 0
      let items = (0..<length).map { _ -> String in
        let choice = withEscapes ? pieces + escapes : pieces
        let parts = (0..<bytes.below(5)).map { _ in choice[bytes.below(choice.count)] }
        return "\"" + parts.joined() + "\""
      }
      let text = "[" + items.joined(separator: ",") + "]"
      let (list, offset) = try read(text + " ,") { $0.texts() }
      #expect(list == ByteStrings(strings(try JSON(parsing: Array(text.utf8)))))
      #expect(offset == text.utf8.count)
    }
    #expect(try read("[]") { $0.texts() }.value == ByteStrings())
  }

  @Test func listsOfNumbers() throws {
    let whole = "[0,7,-1,123456789012345678,-999999999999999999]"
    let found = try read(whole) { $0.integers() }
    #expect(found.value == [0, 7, -1, 123_456_789_012_345_678, -999_999_999_999_999_999])
    #expect(found.offset == whole.utf8.count)
    let mixed = "[0,-0,1e3,0.1,-2.5E-7,1797693134862315708145274237317]"
    let doubles = try #require(try read(mixed) { $0.doubles() }.value)
    #expect(doubles == [0, 0, 1000, 0.1, -2.5e-7, 1.797693134862315708145274237317e30])
    #expect(doubles[1].sign == .minus)
    #expect(try read("[]") { $0.integers() }.value == [])
    #expect(try read("[]") { $0.doubles() }.value == [])
  }

  @Test(arguments: [
    "", "[", "[1", "[1,", "[1,]", "[1}", "{}", "7", "[null]", "[01]", "[-]", "[1.]", "[[1]]",
    "[1\"]",
  ])
  func whatIsNoListOfNumbersIsLeftAlone(text: String) throws {
    let integers = try read(text) { $0.integers() }
    #expect(integers.value == nil && integers.offset == 0)
    let doubles = try read(text) { $0.doubles() }
    #expect(doubles.value == nil && doubles.offset == 0)
  }

  @Test func wholeNumbersInAnUnusualFormAreLeftAlone() throws {
    for text in ["[-0]", "[1e3]", "[1.0]", "[1234567890123456789]"] {
      #expect(try read(text) { $0.integers() }.value == nil)
    }
    #expect(try read("[1e999]") { $0.doubles() }.value == nil)
  }

  @Test(arguments: [
    "", "[", "[\"", "[\"a", "[\"a\"", "[\"a\",", "[\"a\",]", "[\"a\",1]", "[\"a\"}", "{}", "\"a\"",
    "[\"a\\", "[\"a\\\"", "[\"a\\x\"]", "[\"\\ud800\"]", "[\"a\nb\"]", "[\"12345678\u{1}\"]",
    "[\"a\" ]", "[ \"a\"]",
  ])
  func whatIsNoListOfTextIsLeftAlone(text: String) throws {
    let found = try read(text) { $0.texts() }
    #expect(found.value == nil && found.offset == 0)
  }

  @Test func skippingGoesAsFarAsReading() throws {
    for text in [
      "1", "-2.5e3", "true", "null", "\"\"", "\"a\\\"]}\"", "[]", "{}", "[1,[2,{\"a\":[]}],\"]\"]",
      "{\"a\" : {\"b\":[1, 2]} , \"c\\\"}\":null}",
    ] {
      for rest in ["", ",", " ]", "}"] {
        let skipped = try read(text + rest) { try $0.skip() }.offset
        #expect(skipped == (try read(text + rest) { try JSON.value(&$0, depth: 0) }.offset))
      }
    }
    for text in ["", "[", "{\"a\":[1}", ",", "]", "\"a"] {
      #expect(throws: PrepError.self) { try read(text) { try $0.skip() } }
    }
  }

  @Test func keysComeInOrder() throws {
    func keys(_ text: String) throws -> [String] {
      try read(text) { cursor in
        var keys: [[UInt8]] = []
        while let key = try cursor.nextKey(after: keys.last) {
          keys.append(key)
          try cursor.skip()
        }
        return keys.map { String(decoding: $0, as: UTF8.self) }
      }.value
    }
    #expect(try keys("{}") == [])
    #expect(try keys(#"{"":0,"a":[1],"a\u0062":{"z":1},"b":"x"}"#) == ["", "a", "ab", "b"])
    for text in [#"{"b":1,"a":2}"#, #"{"a":1,"a":2}"#, #"{"a":1,}"#, #"{"a"}"#, "{1:2}", "[1]"] {
      #expect(throws: PrepError.self) { try keys(text) }
    }
  }
}
