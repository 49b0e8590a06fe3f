internal import Catalog
internal import Policy

/// The files of the host that a run shows its agent besides the system's: what was typed, what the policy says, what
/// the program needs, each absolute.
struct Grants: Sendable {
  let reads: [String]
  let writes: [String]
  let workspace: String

  /// - Throws: ``RunError`` with `.usage` for an empty path, `.programMissing` for one that is not there.
  init(
    _ options: RunOptions, policy: PolicyDocument, program: AgentProgram, home: String, workspace: String
  ) throws(RunError) {
    for (option, paths) in [("--read", options.reads), ("--write", options.writes)] where paths.contains("") {
      throw RunError(
        .usage, at: option, "the path is empty.", remedy: "Name a file or directory, or leave \(option) away.")
    }
    let typed = { (option: String, path: String) throws(RunError) in
      try Self.present(
        FilePaths.absolute(path), at: "\(option) \(path)", "there is no such file or directory.",
        remedy: "Create it, or leave \(option) away.")
    }
    let written = { (key: String, path: String) throws(RunError) in
      try Self.present(
        FilePaths.expanded(path, home: home), at: policy.file, "files: \(key) names \(path), which is not there.",
        remedy: "Create it, or take it out of the policy.")
    }
    reads =
      program.reads + (try options.reads.map { path throws(RunError) in try typed("--read", path) })
      + (try policy.files.read.map { path throws(RunError) in try written("read", path) })
    writes =
      (try options.writes.map { path throws(RunError) in try typed("--write", path) })
      + (try policy.files.write.map { path throws(RunError) in try written("write", path) })
    self.workspace = workspace
  }

  private static func present(
    _ path: String, at place: String, _ sentence: String, remedy: String
  ) throws(RunError) -> String {
    guard FilePaths.exists(path) else { throw RunError(.programMissing, at: place, sentence, remedy: remedy) }
    return path
  }

  /// Where an agent can make and change files, canonical.
  var changeable: [String] { ([workspace] + writes).compactMap { FilePaths.canonical($0) } }
}
