import DLPrepBytes
import DLPrepData

extension ExpressionFunction {
  /// XXH64, cut to 63 bits so that it is never negative.
  static let hash = ExpressionFunction(
    "hash", [.init("x", .any), .init("seed", .integer).literal.optional],
    "A whole number from 0 that looks random but is always the same for the same value: XXH64.",
    "hash('a') % 10 == hash('a', 0) % 10", "true",
    type: { call throws(ExpressionError) in
      if case .integer(let seed)? = call.arguments.last?.literal, call.arguments.count == 2,
        seed < 0
      {
        throw call.error("'hash': expected a seed from 0, found \(seed)", 1)
      }
      return .integer
    },
    compile: { call in
      let seed = UInt64(call.integer(1) ?? 0)
      let argument = call.arguments[0]
      let out = Column()
      switch call.typed[0].type.storage {
      case .codes, .text:
        return unsafe TextFunction.integer(argument) { bytes in
          unsafe Int64(XXH64.hash(UnsafeRawBufferPointer(bytes), seed: seed) >> 1)
        }
      case .integers, .sparse:
        return Operation.integer(call) { value in
          (Int64(XXH64.hash(number: UInt64(bitPattern: value), seed: seed) >> 1), false)
        }
      case .flags:
        return { frame, active in
          let a = argument(frame, active)
          out.prepare(.integers, like: a)
          transform(a.flags, frame.count, into: &out.integers) {
            Int64(XXH64.hash(number: UInt64($0), seed: seed) >> 1)
          }
          return out
        }
      case .floats:
        return { frame, active in
          let a = argument(frame, active)
          out.prepare(.integers, like: a)
          transform(a.floats, frame.count, into: &out.integers) { value in
            // A whole number is hashed as the integer that it equals.
            let bits =
              abs(value) <= 0x1p53 && value == value.rounded(.towardZero)
              ? UInt64(bitPattern: Int64(value)) : value.bitPattern
            return Int64(XXH64.hash(number: bits, seed: seed) >> 1)
          }
          return out
        }
      }
    })
}
