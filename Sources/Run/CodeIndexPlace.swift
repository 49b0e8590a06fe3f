internal import Evidence
package import Fingerprints

/// Where the fingerprints of the organisation's own code and documents are kept.
package struct CodeIndexPlace: Sendable {
  private let state: StateDirectory

  /// That of who runs this process.
  ///
  /// - Throws: ``RunError`` with `.usage` where `HOME` is not set.
  package static func own() throws(RunError) -> CodeIndexPlace {
    CodeIndexPlace(try StateDirectory.own())
  }

  init(_ state: StateDirectory) { self.state = state }

  /// Whether nothing was ever indexed.
  package var isEmpty: Bool { FingerprintStore.isEmpty(state.fingerprints) }

  /// The indexes, with the installation's key for them, which is made once.
  ///
  /// - Throws: ``RunError`` with `.state`.
  package func store() throws(RunError) -> FingerprintStore {
    StateDirectory.makeIfPossible(state.keys)
    StateDirectory.makeIfPossible(state.fingerprints)
    let secret = try KeyFile.loadOrCreate("\(state.keys)/index.key")
    return FingerprintStore(directory: state.fingerprints, key: FingerprintKey(Secret(secret)))
  }

  /// A directory or file without links; `nil` where there is none.
  package static func canonical(_ path: String) -> String? { FilePaths.canonical(path) }
}
