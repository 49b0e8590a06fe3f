internal import Catalog

/// Reads an agent's release from what is installed on this host; the program itself is not run.
///
/// What it reads may lie in a workspace that the agent writes: every file is bounded, and nothing read is more than a
/// version or nothing.
enum InstalledVersion {
  /// - Parameters:
  ///   - clues: where the catalogue says that it stands; the first that answers is believed.
  ///   - program: as it was found, with the links and interpreters behind it.
  static func find(_ clues: [VersionClue], of program: AgentProgram, home: String) -> String? {
    for clue in clues {
      if let version = find(clue.way, of: program, home: home) { return version }
    }
    return nil
  }

  private static func find(_ way: VersionClue.Way, of program: AgentProgram, home: String) -> String? {
    switch way {
    case .python(let distribution):
      return PythonEnvironment.of(program, home: home).lazy.compactMap { $0.version(of: distribution) }.first
    case .npm(let package):
      return FilePaths.canonical(program.path).flatMap { NodePackage.version(of: package, above: $0) }
    case .path(let pattern):
      let real = FilePaths.canonical(program.path).map { [$0] } ?? []
      return (program.chain + real).lazy.compactMap { pattern.version(inPath: $0, home: home) }.first
    // Nothing has been said yet.
    case .userAgent: return nil
    }
  }
}
