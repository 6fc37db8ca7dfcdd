package import DLPrepBytes
package import DLPrepData
import DLPrepPipeline

extension BehaviourRule {
  /// An artifact may have been edited, damaged or made by another tool, with a hash that fits.
  static var damageRules: [BehaviourRule] {
    [
      BehaviourRule("a damaged artifact is refused or gives a result") { trial throws(PrepError) in
        let whole = try JSON(parsing: try Artifact.write(trial.fitted), file: "artifact")
        guard case .array(let steps)? = whole["steps"], let step = steps.first else {
          return ["no steps in the artifact"]
        }
        return DamagedJSON(step).variants.compactMap { damaged in
          // That both come back is what matters: no variant may stop the program.
          do throws(PrepError) {
            let sealed = try whole.replacing("steps", by: .array([damaged])).sealed()
            let loaded = try Artifact.read(sealed, name: "artifact", catalog: Catalog([S.self]))
            _ = try loaded.apply(trial.serving)
            return nil
          } catch {
            return error.code == .internal ? "\(error)" : nil
          }
        }
      }
    ]
  }
}

extension JSON {
  /// The same object with another value of a key.
  package func replacing(_ key: String, by value: JSON) -> JSON {
    guard case .object(let members) = self else { return self }
    return .object(members.map { $0.key.elementsEqual(key.utf8) ? JSON.Member(key, value) : $0 })
  }

  /// The text of an artifact with the hash of this content.
  package func sealed() throws(PrepError) -> [UInt8] {
    guard case .object(let members) = self else { return try canonical() }
    let content = members.filter { !$0.key.elementsEqual("sha256".utf8) }
    let hash = SHA256.hexadecimal(try JSON.object(content).canonical())
    return try JSON.object(content + [JSON.Member("sha256", .text(hash))]).canonical()
  }
}
