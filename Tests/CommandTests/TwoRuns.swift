internal import Glibc
internal import Testing

/// Somebody after two runs, with a copy of what was there after the first one, to put pieces of it back.
struct TwoRuns {
  let user: User
  var state: String { user.state }
  var old: String { "\(user.root)/old" }
  var ledger: String { "\(state)/ledger" }

  init() throws {
    user = try User()
    for index in 0..<2 {
      let run = try user.sallyport("run", "--quiet", "--", "/bin/true")
      try #require(run.code == 0, "\(run.errors)")
      if index == 0 { try shell("cp -a '\(state)' '\(old)'") }
    }
  }

  /// The key as the user would have pinned it.
  var key: String { get throws { try TextFile.read("\(ledger)/key.pub").split(separator: "\n").joined() } }

  var size: Int { get throws { try Self.size("\(ledger)/checkpoint") } }
  var oldSize: Int { get throws { try Self.size("\(old)/ledger/checkpoint") } }

  private static func size(_ checkpoint: String) throws -> Int {
    try #require(Int(try TextFile.read(checkpoint).split(separator: "\n")[1]))
  }

  func shell(_ command: String) throws { try #require(system(command) == 0, "\(command)") }

  /// Every file with its size and its time of change.
  func listing() throws -> String {
    let list = "\(user.root)/list"
    try shell("find '\(state)' -printf '%p %s %T@\\n' | sort > '\(list)'")
    return try TextFile.read(list)
  }

  /// A writable copy as an auditor has it.
  func export() throws -> String {
    let target = "\(user.root)/export"
    let export = try user.sallyport("log", "export", target)
    try #require(export.code == 0, "\(export.errors)")
    try shell("chmod -R u+w '\(target)'")
    return target
  }

  func flip(_ file: String, at position: Int) throws {
    var bytes = try TextFile.bytes(file)
    bytes[position] ^= 1
    chmod(file, 0o600)
    try TextFile.write(bytes, to: file)
  }

  /// Verifying, and a run that is to be refused and to change nothing.
  func refused(_ says: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let verified = try user.sallyport("log", "verify")
    #expect(verified.code == 74, "verify: \(verified.output)\(verified.errors)", sourceLocation: sourceLocation)
    let words = verified.output + verified.errors
    #expect(words.contains(says), "verify: \(words)", sourceLocation: sourceLocation)
    let before = try listing()
    let run = try user.sallyport("run", "--quiet", "--", "/bin/echo", "started")
    #expect(run.code == 74, "run: \(run.output)\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.output.isEmpty, sourceLocation: sourceLocation)
    #expect(run.errors.contains(says), "run: \(run.errors)", sourceLocation: sourceLocation)
    #expect(try listing() == before, "a refused run wrote something", sourceLocation: sourceLocation)
  }

  /// The user's decision, after which a new key signs a new ledger.
  func decide(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let accepted = try user.sallyport("log", "accept-fork", "--yes")
    #expect(accepted.code == 0, "\(accepted.errors)", sourceLocation: sourceLocation)
    let run = try user.sallyport("run", "--quiet", "--", "/bin/true")
    #expect(run.code == 0, "\(run.errors)", sourceLocation: sourceLocation)
    let verified = try user.sallyport("log", "verify")
    #expect(verified.code == 0, "\(verified.output)\(verified.errors)", sourceLocation: sourceLocation)
  }

  private static let checker =
    "\(#filePath)".split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
    + "/EndToEnd/ledger/check_tlog.py"

  /// Only where Python has the `cryptography` package.
  static let hasChecker = system("python3 -c 'import cryptography' 2>/dev/null") == 0

  /// What a verifier says that shares no code with ours, under the given key.
  func independently(_ key: String, _ arguments: String) throws -> (code: Int32, output: String) {
    let file = "\(user.root)/checked"
    let status = system("python3 -B '\(Self.checker)' --key '\(key)' \(arguments) > '\(file)' 2>&1")
    return (status >> 8, try TextFile.read(file))
  }
}
