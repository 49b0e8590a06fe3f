internal import Glibc

/// The program of an agent as it was found on this host, and what must be readable for it to run.
package struct AgentProgram: Sendable, Hashable {
  /// As it is called, absolute, symbolic links kept: virtual environments look at their own name.
  package let path: String
  /// The program, the links that it is reached by, and the interpreters that run it, as each is called.
  package let chain: [String]
  /// Directories and files outside the system's own that its code lies in.
  package let reads: [String]

  /// The system's directories, which every sandbox has.
  private static let systemDirectories = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/opt"]

  /// Finds `name` as a shell would, and everything that it needs to start.
  ///
  /// - Throws: ``RunError`` with `.programMissing`.
  package static func find(_ name: String, searchPath: String, home: String) throws(RunError) -> AgentProgram {
    guard let path = path(of: name, searchPath: searchPath) else {
      throw absence(of: name)
    }
    let chain = chain(from: path, searchPath: searchPath)
    return AgentProgram(path: path, chain: chain, reads: reads(for: chain, home: home))
  }

  private static func absence(of name: String) -> RunError {
    guard !name.isEmpty else {
      return RunError(.programMissing, at: "", "the name of the program is empty.", remedy: "Name one after --.")
    }
    guard name.contains("/"), FilePaths.exists(name) else {
      return RunError(
        .programMissing, at: name, "no such program \(name.contains("/") ? "here" : "on PATH").",
        remedy: "Give its full path after --, or install it.")
    }
    return FilePaths.isDirectory(name)
      ? RunError(.programMissing, at: name, "is a directory, not a program.", remedy: "Name the program in it.")
      : RunError(
        .programMissing, at: name, "is there, but is not executable.",
        remedy: "Make it so with chmod +x, or start it with its interpreter.")
  }

  private static func path(of name: String, searchPath: String) -> String? {
    let candidates =
      name.contains("/")
      ? [FilePaths.absolute(name)]
      : searchPath.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
    return candidates.first { FilePaths.isExecutableFile($0) }
  }

  /// Follows links and `#!` lines from the program to the last interpreter.
  private static func chain(from program: String, searchPath: String) -> [String] {
    var chain: [String] = []
    var pending = [program]
    var seen: Set<String> = []
    while let path = pending.popLast(), chain.count < 32 {
      guard seen.insert(path).inserted else { continue }
      chain.append(path)
      if let target = FilePaths.linkTarget(path) { pending.append(target) }
      if let interpreter = Shebang.interpreter(of: path) { pending.append(interpreter) }
      if let name = Shebang.programForEnv(of: path), let found = Self.path(of: name, searchPath: searchPath) {
        pending.append(found)
      }
    }
    return chain
  }

  /// Takes in where each part lies.
  private static func reads(for chain: [String], home: String) -> [String] {
    var unique: [String] = []
    for path in chain.flatMap({ installation(of: $0, home: home) }) where !isSystem(path) && !unique.contains(path) {
      unique.append(path)
    }
    return unique
  }

  private static func isSystem(_ path: String) -> Bool {
    systemDirectories.contains { path == $0 || path.hasPrefix("\($0)/") }
  }

  /// The directory that was installed as one: the prefix above `bin`, or the program's own directory where that
  /// prefix would open much more than the program (the home itself, `~/.local`).
  private static func installation(of path: String, home: String) -> [String] {
    let directory = FilePaths.parent(path)
    let prefix = FilePaths.parent(directory)
    let isBin = directory.hasSuffix("/bin") || directory.hasSuffix("/Scripts")
    let wanted = isBin ? prefix : directory
    // A single program in a shared directory is granted alone.
    let own = opensTooMuch(wanted, home: home) ? path : wanted
    return [own] + virtualEnvironmentBase(prefix, home: home)
  }

  private static func opensTooMuch(_ directory: String, home: String) -> Bool {
    directory == "/" || directory == home || directory == "\(home)/.local" || home.hasPrefix("\(directory)/")
  }

  /// The Python that a virtual environment was made from (PEP 405).
  private static func virtualEnvironmentBase(_ prefix: String, home: String) -> [String] {
    guard let text = FilePaths.read("\(prefix)/pyvenv.cfg", limit: 64 << 10) else { return [] }
    let line = text.split(separator: "\n").first { $0.hasPrefix("home") && $0.contains("=") }
    guard let bin = line?.split(separator: "=", maxSplits: 1).last?.drop(while: { $0 == " " }) else { return [] }
    let base = FilePaths.parent(String(bin))
    return [opensTooMuch(base, home: home) ? String(bin) : base]
  }
}
