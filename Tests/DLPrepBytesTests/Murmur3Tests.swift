import DLPrepBytes
import Testing

@Test func murmur3IsThatOfScikitLearn() {
  // sklearn 1.9.1: murmurhash3_32(text, seed, positive=True).
  let known: [(String, UInt32, UInt32)] = [
    ("", 0, 142_593_372), ("a", 1_009_084_850, 3_001_393_763), ("ab", 2_613_040_991, 3_610_054_215),
    ("abc", 3_017_643_002, 1_313_807_976), ("abcd", 1_139_631_978, 3_898_664_396),
    ("hello, world", 345_750_399, 2_127_021_762),
  ]
  for (text, plain, seeded) in known {
    let bytes = Array(text.utf8)
    #expect(Murmur3.hash(bytes.span) == plain)
    #expect(Murmur3.hash(bytes.span, seed: 42) == seeded)
  }
}
