internal import Catalog
internal import Policy

/// The files of the host that a run shows its agent besides the system's: what was typed, what the policy says, what
/// the program needs, each absolute.
struct Grants: Sendable {
  let reads: [String]
  let writes: [String]
  let workspace: String

  /// - Throws: ``RunError`` with `.usage`.
  init(
    _ options: RunOptions, policy: PolicyDocument, program: AgentProgram, home: String, workspace: String
  ) throws(RunError) {
    for (option, paths) in [("--read", options.reads), ("--write", options.writes)] where paths.contains("") {
      throw RunError(
        .usage, at: option, "the path is empty.", remedy: "Name a file or directory, or leave \(option) away.")
    }
    let inHome = { (path: String) in FilePaths.expanded(path, home: home) }
    reads = program.reads + options.reads.map(FilePaths.absolute) + policy.files.read.map(inHome)
    writes = options.writes.map(FilePaths.absolute) + policy.files.write.map(inHome)
    self.workspace = workspace
  }

  /// Where an agent can make and change files, canonical.
  var changeable: [String] { ([workspace] + writes).compactMap { FilePaths.canonical($0) } }
}
