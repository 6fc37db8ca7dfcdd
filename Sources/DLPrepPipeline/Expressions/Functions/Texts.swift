import DLPrepBytes
import DLPrepData

/// Functions of text; lengths and positions count Unicode scalars.
extension ExpressionFunction {
  static let texts: [ExpressionFunction] = unsafe [
    ofText("lower", "The text in lower case.", "lower('Ab')", "ab") { bytes, out in
      unsafe TextCase.append(bytes, to: &out, isUpper: false)
    },
    ofText("upper", "The text in upper case.", "upper('Ab')", "AB") { bytes, out in
      unsafe TextCase.append(bytes, to: &out, isUpper: true)
    },
    ofText("trim", "The text without white space at both ends.", "trim('  a b ')", "a b") {
      bytes, out in
      unsafe out.append(contentsOf: TextScalars.trimmed(bytes))
    },
    ExpressionFunction(
      "length", [.init("text", .text)], "How many Unicode scalars the text has.",
      "length('naïve')", "5",
      type: { _ in .integer },
      compile: { call in
        unsafe TextFunction.integer(call.arguments[0]) { unsafe Int64(TextScalars.count($0)) }
      }),
    search("contains", "Whether another text stands somewhere in it.", "contains('abc', 'bc')") {
      unsafe ByteSearch.first($1, in: $0, from: 0) != nil
    },
    search("starts_with", "Whether it starts with another text.", "starts_with('abc', 'ab')") {
      unsafe $0.count >= $1.count && $0[..<$1.count].elementsEqual($1)
    },
    search("ends_with", "Whether it ends with another text.", "ends_with('abc', 'bc')") {
      unsafe $0.count >= $1.count && $0[($0.count - $1.count)...].elementsEqual($1)
    },
    ExpressionFunction(
      "matches", [.init("text", .text), .init("pattern", .text).literal],
      "Whether a regular expression is found in it; ^ and $ bind it to the ends.",
      "matches('AB-12', '^[A-Z]+-\\d{2}$')", "true",
      type: { call throws(ExpressionError) in
        guard case .text(let pattern)? = call.arguments[1].literal else { return .bool }
        do throws(PatternError) {
          _ = try BytePattern(pattern)
        } catch {
          throw ExpressionError(
            .value, "'matches': \(error.message)", at: call.arguments[1].offset, hint: error.hint)
        }
        return .bool
      },
      compile: { call in
        let matcher = (try? BytePattern(call.text(1) ?? "")).map { PatternMatcher($0) }
        return unsafe TextFunction.flag(call.arguments[0]) {
          unsafe matcher?.isFound(in: $0) ?? false
        }
      }),
    ExpressionFunction(
      "replace",
      [.init("text", .text), .init("old", .text).literal, .init("new", .text).literal],
      "The text with another in every place where the old one stands.",
      "replace('a-b-c', '-', '')", "abc",
      type: { call throws(ExpressionError) in
        if case .text("")? = call.arguments[1].literal {
          throw call.error("'replace': expected some text to replace, found none", 1)
        }
        return call.types[0]
      },
      compile: { call in
        let (old, new) = (Array((call.text(1) ?? "").utf8), Array((call.text(2) ?? "").utf8))
        return unsafe TextFunction.text(call.arguments[0]) { bytes, out in
          unsafe ByteSearch.append(bytes, to: &out, replacing: old, by: new)
        }
      }),
    ExpressionFunction(
      "slice",
      [
        .init("text", .text), .init("start", .integer).literal,
        .init("length", .integer).literal.optional,
      ],
      "A part of the text from a position on, 0 being the first; a negative one counts from the end.",
      "slice('abcdef', 1, 3)", "bcd",
      type: { call throws(ExpressionError) in
        if case .integer(let length)? = call.arguments.last?.literal, call.arguments.count == 3,
          length < 0
        {
          throw call.error("'slice': expected a length from 0, found \(length)", 2)
        }
        return call.types[0]
      },
      compile: { call in
        let start = Int(clamping: call.integer(1) ?? 0)
        let length = call.integer(2).map { Int(clamping: $0) }
        return unsafe TextFunction.text(call.arguments[0]) { bytes, out in
          unsafe out.append(contentsOf: TextScalars.slice(bytes, start, length))
        }
      }),
    ExpressionFunction(
      "concat", [.init("a", .text), .init("b", .text).repeated],
      "The texts one after the other; null if any is null.", "concat('a', '-', 'b')", "a-b",
      type: { call throws(ExpressionError) in
        call.types.contains(.text) ? .text : call.isOpen ? .unknown : .category
      },
      compile: { Concatenation.evaluation($0) }),
  ]

  private static func ofText(
    _ name: String, _ summary: String, _ example: String, _ result: String,
    _ body: @escaping @Sendable (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Void
  ) -> ExpressionFunction {
    ExpressionFunction(
      name, [.init("text", .text)], summary, example, result,
      type: { $0.types[0] },
      compile: { unsafe TextFunction.text($0.arguments[0], body) })
  }

  private static func search(
    _ name: String, _ summary: String, _ example: String,
    _ body: @escaping @Sendable (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
  ) -> ExpressionFunction {
    ExpressionFunction(
      name, [.init("text", .text), .init("part", .text).literal], summary, example, "true",
      type: { _ in .bool },
      compile: { call in
        let part = Array((call.text(1) ?? "").utf8)
        return unsafe TextFunction.flag(call.arguments[0]) { bytes in
          unsafe part.withUnsafeBufferPointer { unsafe body(bytes, $0) }
        }
      })
  }
}
