import DLPrepBytes
import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

/// Loading artifacts: as they were written, laid out in another way, and damaged.
struct ArtifactTests {
  private let bytes: [UInt8]
  private let table: Table
  private let expected: Table

  init() throws {
    table = try messyTable(rows: 60, seed: 21)
    let fitted = try pipeline(split: false).fitted(to: TableReader(table), RunOptions()).fitted
    bytes = try Artifact.write(fitted)
    expected = try fitted.apply(table)
  }

  private var text: String { String(decoding: bytes, as: UTF8.self) }

  private func load(_ bytes: [UInt8]) throws -> FittedPipeline {
    try Artifact.read(bytes, name: "m.dlprep", catalog: standardStages)
  }

  private func isSame(_ text: String) throws -> Bool {
    let loaded = try load(Array(text.utf8))
    return try Artifact.write(loaded) == bytes && loaded.apply(table) == expected
  }

  private func refusal(_ bytes: [UInt8]) -> PrepError? {
    do {
      _ = try load(bytes)
      return nil
    } catch {
      return error as? PrepError
    }
  }

  /// The member that holds the hash, with the comma after it.
  private func hashMember() throws -> String {
    let start = try #require(text.firstRange(of: "\"sha256\":\"")).lowerBound
    return String(text[start...].prefix(#""sha256":"","#.count + 64))
  }

  @Test func theBytesThatWereWrittenAreRead() throws {
    #expect(try isSame(text))
  }

  @Test func whiteSpaceAfterTheTextChangesNothing() throws {
    #expect(try isSame(String(text.dropLast())))
    #expect(try isSame(text + " \r\n\t\n"))
    #expect(try isSame("\n " + text))
  }

  @Test func anotherLayoutIsTheSameArtifact() throws {
    let lines = try JSON(parsing: bytes).canonical(.lines)
    #expect(lines.count > bytes.count)
    #expect(try isSame(String(decoding: lines, as: UTF8.self)))
    #expect(try isSame(text.replacing("\"format\":1", with: "\"format\" : 1")))
    #expect(try isSame(text.replacing("\"format\"", with: #""f\u006frmat""#)))
  }

  @Test func theHashMayStandAnywhere() throws {
    let member = try hashMember()
    let without = text.replacing(member, with: "")
    #expect(without.count == text.count - member.count)
    #expect(try isSame("{" + member + without.dropFirst()))
    #expect(try isSame(without.dropLast(2) + "," + member.dropLast() + "}\n"))
  }

  @Test func withoutTheHashOrWithTwoItIsRefused() throws {
    let member = try hashMember()
    let without = text.replacing(member, with: "")
    for changed in [
      without, "{" + member + text.dropFirst(), text.dropLast(2) + "," + member.dropLast() + "}\n",
      text.replacing(member, with: #""sha256":null,"#),
    ] {
      #expect(refusal(Array(changed.utf8))?.code == .artifact)
    }
  }

  @Test func aChangedByteAnywhereIsRefused() throws {
    var positions = Set(stride(from: 0, to: bytes.count - 1, by: bytes.count / 40))
    // Also right at and around what the hash leaves out.
    let start = try #require(text.firstRange(of: "\"sha256\":\"")).lowerBound
    let first = text.utf8.distance(from: text.startIndex, to: start)
    positions.formUnion(first - 2..<first + 12)
    positions.formUnion(first + 73..<first + 78)
    for position in positions {
      var changed = bytes
      changed[position] ^= 1
      // A number's last digit may be another that means the same.
      let means =
        refusal(changed) == nil ? try isSame(String(decoding: changed, as: UTF8.self)) : false
      #expect(means || refusal(changed)?.code == .artifact, "at byte \(position)")
    }
    #expect(refusal(bytes)?.code == nil)
  }

  @Test func whatIsCutOffOrAddedIsRefused() {
    for count in [0, 1, bytes.count / 2, bytes.count - 2] {
      #expect(refusal(Array(bytes[..<count]))?.code == .artifact)
    }
    #expect(refusal(bytes + Array("{}".utf8))?.code == .artifact)
    #expect(refusal(bytes.dropLast() + [0x2C])?.code == .artifact)
    #expect(refusal(bytes + [0])?.code == .artifact)
  }

  /// An artifact with another content, sealed as if it had been written so.
  private func sealed(_ key: String, _ value: JSON?) throws -> [UInt8] {
    guard case .object(var members) = try JSON(parsing: bytes) else { return [] }
    members.removeAll { $0.key == Array("sha256".utf8) || $0.key == Array(key.utf8) }
    if let value { members.append(JSON.Member(key, value)) }
    let hash = SHA256.hexadecimal(try JSON.object(members).canonical())
    members.append(JSON.Member("sha256", .text(hash)))
    return try JSON.object(members).canonical()
  }

  @Test func contentThatMakesNoSenseIsRefusedThoughItsHashIsRight() throws {
    for key in ["classes", "format", "inputs", "pipeline", "profile", "steps", "training_rows"] {
      for value in [nil, JSON.bool(true), .array([.integer(7)])] {
        #expect(try refusal(sealed(key, value))?.code == .artifact, "\(key)")
      }
    }
    let steps = try #require(try JSON(parsing: bytes)["steps"])
    guard case .array(let all) = steps else { return }
    for wrong in [Array(all.dropLast()), all + [all[0]], all.reversed()] {
      #expect(try refusal(sealed("steps", .array(wrong)))?.code == .artifact)
    }
    #expect(try Artifact.write(load(sealed("steps", steps))) == bytes)
  }
}
