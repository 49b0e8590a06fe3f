internal import Confinement
internal import Glibc

/// Asks git about a repository without running what that repository says should be run.
///
/// Only plumbing is used, which starts no pager, no external diff and no text filter; hooks and the file-system monitor,
/// which a repository's own configuration can name, are switched off.
struct GitCommand {
  /// A directory in the repository.
  let directory: String
  private let program: String
  private let environment: [String]

  /// - Parameter variables: the environment; of it git gets what it needs to find programs, the user's configuration, and
  ///   the index and objects of a commit that is being made, which git tells its hooks.
  /// - Throws: ``FileInspectionError`` with `.git` where there is no git.
  init(in directory: String, variables: [String: String]) throws(FileInspectionError) {
    self.directory = directory
    let path = variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    let candidates = path.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/git" }
    guard let program = candidates.first(where: { access($0, X_OK) == 0 }) else {
      throw FileInspectionError(
        .git, at: "git", "is not in PATH.", remedy: "Install git, or name files instead of changes.")
    }
    self.program = program
    environment =
      [
        "PATH=\(path)", "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_PAGER=cat",
        "GIT_NO_LAZY_FETCH=1",
      ] + Self.passedOn.compactMap { name in variables[name].map { "\(name)=\($0)" } }
  }

  private static let passedOn = [
    "HOME", "XDG_CONFIG_HOME", "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH",
  ]

  private static let quiet = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]

  /// Starts git with these arguments.
  func start(_ arguments: [String], streams: [CInt]) throws(FileInspectionError) -> ChildProgram {
    do {
      return try ChildProgram.start(
        program, arguments: Self.quiet + arguments, environment: environment, directory: directory, streams: streams)
    } catch {
      throw FileInspectionError(.git, at: program, "cannot be started: \(error).", remedy: "Install git again.")
    }
  }

  /// The first line that git prints.
  func word(_ arguments: [String]) throws(FileInspectionError) -> String {
    String(decoding: try output(arguments).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// What git prints.
  ///
  /// - Throws: ``FileInspectionError`` with `.git` and git's own words where it says no.
  func output(_ arguments: [String], input: [UInt8] = []) throws(FileInspectionError) -> [UInt8] {
    var streams = try GitStreams(input: input)
    let child = try start(arguments, streams: streams.ofChild)
    let output = streams.output()
    let status = child.wait()
    guard status == 0, let output else {
      let complaint = streams.complaint()
      throw FileInspectionError(
        .git, at: "git \(arguments.first ?? "")",
        complaint.isEmpty ? "ended with \(status)." : "\(complaint).",
        remedy: "Run it in a repository, with commits that it has.")
    }
    return output
  }
}
