internal import Catalog
internal import Policy

/// The files of the host that a run shows its agent besides the system's: what was typed, what the policy says, what
/// the program needs, each absolute.
struct Grants: Sendable {
  let reads: [String]
  let writes: [String]
  let workspace: String

  /// - Throws: ``RunError`` with `.usage` for an empty path, `.programMissing` for one that is not there or cannot be
  ///   used.
  init(
    _ options: RunOptions, policy: PolicyDocument, program: AgentProgram, home: String, workspace: String
  ) throws(RunError) {
    for (option, paths) in [("--read", options.reads), ("--write", options.writes)] where paths.contains("") {
      throw RunError(
        .usage, at: option, "the path is empty.", remedy: "Name a file or directory, or leave \(option) away.")
    }
    let typed = { (option: String, path: String) throws(RunError) in
      let absolute = FilePaths.absolute(path)
      if let obstacle = GrantObstacle(absolute, isWritten: option == "--write") {
        throw RunError(
          .programMissing, at: "\(option) \(path)", obstacle.sentence,
          remedy: "\(obstacle.remedy), or leave \(option) away.")
      }
      return absolute
    }
    let named = { (key: String, path: String) throws(RunError) in
      let absolute = FilePaths.expanded(path, home: home)
      if let obstacle = GrantObstacle(absolute, isWritten: key == "write") {
        throw RunError(
          .programMissing, at: policy.file, "files: \(key) names \(path), \(obstacle.clause)",
          remedy: "\(obstacle.remedy), or take it out of the policy.")
      }
      return absolute
    }
    reads =
      program.reads + (try options.reads.map { path throws(RunError) in try typed("--read", path) })
      + (try policy.files.read.map { path throws(RunError) in try named("read", path) })
    writes =
      (try options.writes.map { path throws(RunError) in try typed("--write", path) })
      + (try policy.files.write.map { path throws(RunError) in try named("write", path) })
    self.workspace = workspace
  }

  /// Where an agent can make and change files, canonical.
  var changeable: [String] { ([workspace] + writes).compactMap { FilePaths.canonical($0) } }
}
