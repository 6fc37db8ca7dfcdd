import Testing

@testable import DLPrepBytes

@Suite struct HashTests {
  /// FIPS 180-4's examples, and lengths around a block's, as `sha256sum` gives them.
  @Test func sha256() {
    #expect(
      SHA256.hexadecimal([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      SHA256.hexadecimal(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.hexadecimal(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256.hexadecimal([UInt8](repeating: 0x61, count: 100_000))
        == "6d1cf22d7cc09b085dfc25ee1a1f3ae0265804c607bc2074ad253bcc82fd81ee")
    #expect(
      SHA256.hexadecimal([UInt8](repeating: 0x61, count: 64))
        == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb")
    #expect(
      SHA256.hexadecimal([UInt8](repeating: 0x61, count: 55))
        == "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318")
  }

  @Test func sha256InPieces() {
    var random = SeededBytes(1)
    let bytes = (0..<5000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    var hash = SHA256()
    var at = 0
    while at < bytes.count {
      let end = min(bytes.count, at + random.below(200))
      hash.update(Array(bytes[at..<end]))
      at = end
    }
    #expect(hash.finish() == SHA256.hash(bytes))
    // Without the processor's own instructions.
    var plain = SHA256(isQuick: false)
    plain.update(bytes)
    #expect(plain.finish() == SHA256.hash(bytes))
  }

  /// The specification's own: bytes of a multiplicative generator, with and without a seed.
  @Test func xxh64() {
    #expect(XXH64.hash("") == 0xEF46_DB37_51D8_E999)
    #expect(XXH64.hash("a") == 0xD24E_C4F1_A98C_6E5B)
    #expect(XXH64.hash("abc") == 0x44BC_2CF5_AD77_0999)
    var generator: UInt64 = 2_654_435_761
    var sanity: [UInt8] = []
    for _ in 0..<222 {
      sanity.append(UInt8(truncatingIfNeeded: generator >> 56))
      generator &*= 11_400_714_785_074_694_797
    }
    let prime: UInt64 = 2_654_435_761
    for (count, seed, want) in [
      (0, prime, 0xAC75_FDA2_929B_17EF), (1, 0, 0xE934_A84A_DB05_2768),
      (1, prime, 0x5014_6076_43A9_B4C3 as UInt64), (4, 0, 0x9136_A0DC_A574_57EE),
      (14, 0, 0x8282_DCC4_994E_35C8), (222, 0, 0xB641_AE8C_B691_C174),
      (222, prime, 0x20CB_8AB7_AE10_C14A),
    ] as [(Int, UInt64, UInt64)] {
      #expect(XXH64.hash(Array(sanity[..<count]), seed: seed) == want, "\(count) \(seed)")
    }
  }

  @Test func aNumberIsItsBytes() {
    var random = SeededBytes(2)
    for _ in 0..<100 {
      let (number, seed) = (random.next(), random.next())
      let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
      #expect(XXH64.hash(number: number, seed: seed) == XXH64.hash(bytes, seed: seed))
    }
  }
}
