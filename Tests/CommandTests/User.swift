internal import Evidence
internal import Glibc
internal import Synchronization
internal import Testing

/// Somebody who has just installed Sallyport: an empty home, a project beside it, the built command.
final class User: Sendable {
  let root: String
  var home: String { "\(root)/home" }
  var project: String { "\(root)/project" }
  var state: String { "\(home)/.local/state/sallyport" }

  private let count = Atomic(0)
  private let variables: [String: String]

  /// - Parameters:
  ///   - hasState: something of the command's own is there already: its detectors, compiled.
  ///   - variables: those of the environment besides `PATH`, `HOME` and `LANG`, made from the user's own places.
  init(hasState: Bool = true, _ variables: (_ root: String) -> [String: String] = { _ in [:] }) throws {
    var template = Array("/var/tmp/sallyport-command-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.variables = variables(root)
    for directory in ["home", "project"] { mkdir("\(root)/\(directory)", 0o700) }
    if hasState { CompiledDetectors.give(to: state) }
  }

  deinit {
    CompiledDetectors.take(from: state)
    _ = system("rm -rf '\(root)'")
  }

  /// Runs the command to its end.
  func sallyport(_ arguments: String...) throws -> Outcome { try start(arguments).finish() }

  func sallyport(_ arguments: [String]) throws -> Outcome { try start(arguments).finish() }

  /// Runs a shell's script to its end; `$SALLYPORT` is the command.
  func shell(_ script: String) throws -> Outcome { try start(program: ["/bin/bash", "-c", script]).finish() }

  /// Runs a Python script to its end; `$SALLYPORT` is the command.
  func python(_ script: String) throws -> Outcome { try start(program: ["/usr/bin/python3", "-c", script]).finish() }

  func start(_ arguments: [String]) throws -> Started {
    try start(program: [try #require(BuiltProgram.path)] + arguments)
  }

  private func start(program: [String]) throws -> Started {
    let number = count.add(1, ordering: .relaxed).newValue
    let (output, errors) = ("\(root)/\(number).out", "\(root)/\(number).err")
    let process = try SpawnedProcess(
      program,
      environment: [
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": home, "LANG": "C.UTF-8",
        "SALLYPORT": try #require(BuiltProgram.path),
      ].merging(variables) { _, own in own },
      directory: project, output: output, errors: errors)
    return Started(process: process, output: output, errors: errors)
  }

  /// Writes a file of the project and gives its name.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try TextFile.write(text, to: "\(project)/\(name)")
    return name
  }

  /// Runs a line of shell in the user's directory, such as one that no agent could.
  @discardableResult
  func arrange(_ line: String) -> Int32 { system("cd '\(root)' && \(line)") }

  struct Started {
    let process: SpawnedProcess
    let output: String
    let errors: String

    func finish() throws -> Outcome {
      let code = process.wait()
      return Outcome(code: code, output: try TextFile.read(output), errors: try TextFile.read(errors))
    }
  }

  struct Outcome {
    let code: Int32
    let output: String
    let errors: String
  }
}
