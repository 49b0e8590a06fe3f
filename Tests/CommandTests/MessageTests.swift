internal import Evidence
internal import Glibc
internal import Testing

@Suite("What the command says when it refuses", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct MessageTests {
  @Test(
    "a mistyped word is answered with the nearest right one",
    arguments: [
      (["rnu"], "rnu", "run"), (["rnu", "--", "true"], "rnu", "run"), (["log", "verfy"], "verfy", "verify"),
      (["policy", "chek", "x.yaml"], "chek", "check"), (["docter", "--json"], "docter", "doctor"),
      (["run", "--polcy", "x", "--", "true"], "--polcy", "--policy"), (["doctor", "--jsn"], "--jsn", "--json"),
      (["policy", "explain", "--url", "https://a.example/", "--agent", "claude-cod"], "claude-cod", "claude-code"),
      (["policy", "explain", "--url", "https://a.example/", "--finding", "credntial"], "credntial", "credential"),
      (["run", "--agent", "claude-cod", "--", "true"], "claude-cod", "claude-code"),
      (["run", "--agent", "cluade", "--", "true"], "cluade", "claude-code"),
      (["policy", "show", "contrl"], "contrl", "control"), (["init", "--posture", "contol"], "contol", "control"),
      (["log", "show", "--purpose", "telemtry"], "telemtry", "telemetry"),
      (["log", "show", "--verdict", "blck"], "blck", "block"),
      (["runs", "--agent", "claude-cod"], "claude-cod", "claude-code"),
      (["help", "verfy"], "verfy", "verify"), (["help", "log", "verfy"], "verfy", "verify"),
      (["--verison"], "--verison", "--version"), (["--halp"], "--halp", "--help"),
    ] as [([String], String, String)])
  func nearest(arguments: [String], wrong: String, right: String) throws {
    let outcome = try User().sallyport(arguments)
    #expect(outcome.code == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("sallyport: "), "\(outcome.errors)")
    let sentence = outcome.errors.prefix { $0 != "\n" }
    #expect(sentence.contains("'\(wrong)'"), "\(outcome.errors)")
    #expect(sentence.localized(right), "\(outcome.errors)")
  }

  @Test(
    "output that could not be written is no success, though the reader who stopped reading is",
    arguments: [
      ["inspect", "--list"], ["inspect", "--json", "-"], ["runs"], ["policy", "show", "control"], ["--help"],
      ["run", "--help"],
    ])
  func lostOutput(_ arguments: [String]) throws {
    let user = try User()
    let command = (["\"$SALLYPORT\""] + arguments).joined(separator: " ")
    let full = try user.shell("\(command) < /dev/null > /dev/full")
    #expect(full.code == 73)
    #expect(full.errors.hasPrefix("sallyport: standard output cannot be written: No space left on device."))
    let left = try user.shell("\(command) < /dev/null | true; exit ${PIPESTATUS[0]}")
    #expect(left.code != 73, "\(left.errors)")
  }

  @Test("a type that no entry has is refused with the nearest right one, and a directory that is not there is said")
  func unknownNames() throws {
    let user = try User()
    #expect(try user.sallyport("run", "--quiet", "--", "/bin/true").code == 0)
    let type = try user.sallyport("log", "show", "--type", "egress.desicion")
    #expect(type.code == 64)
    #expect(type.errors.contains("not 'egress.desicion'. Did you mean 'egress.decision'?"), "\(type.errors)")
    let up = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let schema = try TextFile.read("/\(up)/docs/schemas/ledger-entry.schema.json")
    let types = schema.matches(of: #/"type": . "const": "([a-z.]+)"/#).map { String($0.1) }
    #expect(types.count == 8)
    for type in types { #expect(try user.sallyport("log", "show", "--type", type).code == 0, "\(type)") }
    let place = try user.sallyport("runs", "--workspace", "nowhere")
    #expect(place.code == 66)
    #expect(place.errors.contains("--workspace nowhere: there is no such directory"))
    #expect(try user.sallyport("runs", "--agent", "codex").output == "No such runs.\n")
    #expect(try user.sallyport("runs", "--agent", "unknown").code == 0)
  }

  @Test("a run that is not there is told of with what helps where it was named")
  func absentRun() throws {
    let user = try User()
    for words in [["changes", "show", "r_zzzz"], ["changes", "r_zzzz"], ["changes", "discard", "r_zzzz"]] {
      let outcome = try user.sallyport(words)
      #expect(outcome.code == 66)
      #expect(outcome.errors.contains("there is no such run. See: sallyport runs"), "\(outcome.errors)")
      #expect(!outcome.errors.contains("report"), "\(outcome.errors)")
    }
  }

  @Test("help names every exit code and every verdict")
  func wholeHelp() throws {
    let user = try User()
    func help(_ command: String...) throws -> String {
      let words = try user.sallyport(command + ["--help"]).output.split { $0 == " " || $0 == "\n" }
      return words.joined(separator: " ")
    }
    #expect(try help("run").contains("64 to 76"))
    #expect(try help("log", "show").contains("allow, report, redact, ask or block"))
  }

  /// Arguments about a file that is none of what they want, the exit code, and what must be said.
  struct WrongFile: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let code: Int32
    let says: [String]

    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(
    "a wrong file is named with what is wrong, and what to name instead; none is waited for",
    arguments: [
      WrongFile(
        arguments: ["log", "verify", "--since", "pipe"], code: 65, says: ["pipe: is no regular", "a checkpoint"]),
      WrongFile(
        arguments: ["log", "verify", "--since", "dir"], code: 65, says: ["dir: is a directory", "a checkpoint"]),
      WrongFile(
        arguments: ["log", "verify", "--since", "none"], code: 66, says: ["none: is not there", "a checkpoint"]),
      WrongFile(arguments: ["log", "verify", "--since", "empty"], code: 74, says: ["empty: it holds no checkpoint"]),
      WrongFile(arguments: ["log", "prove", "--since", "binary"], code: 74, says: ["binary: it holds no checkpoint"]),
      WrongFile(arguments: ["log", "verify", "--ledger", "dir"], code: 66, says: ["dir: there is no ledger"]),
      WrongFile(arguments: ["log", "show", "--ledger", "empty"], code: 66, says: ["empty: there is no ledger"]),
      WrongFile(arguments: ["report", "./none"], code: 66, says: ["./none: is not there", "sallyport runs"]),
      WrongFile(arguments: ["report", "./binary"], code: 76, says: ["./binary: cannot be read as", "report.json"]),
      WrongFile(arguments: ["report", "./pipe"], code: 76, says: ["./pipe: cannot be read", "report.json"]),
      WrongFile(arguments: ["report", "binary"], code: 66, says: ["there is no such run", "./"]),
      WrongFile(arguments: ["report", ""], code: 64, says: ["'': names no run"]),
      WrongFile(arguments: ["log", "show", "--run", ""], code: 64, says: ["--run wants"]),
      WrongFile(arguments: ["log", "export", "empty"], code: 73, says: ["empty: it is a file", "not there yet"]),
      WrongFile(arguments: ["log", "prove", "0", "--output", "no/x"], code: 73, says: ["its directory is not there"]),
      WrongFile(arguments: ["log", "prove", "0", "--output", "dir"], code: 73, says: ["dir: is there already"]),
      WrongFile(arguments: ["init", "--output", "no/x"], code: 73, says: ["its directory is not there. Make it"]),
      WrongFile(
        arguments: ["init", "--output", "dir", "--force"], code: 73, says: ["dir: is a directory", "a file in it"]),
      WrongFile(arguments: ["init", "--output", "pipe", "--force"], code: 73, says: ["pipe: is no regular file"]),
      WrongFile(arguments: ["policy", "check", "empty"], code: 65, says: ["empty: is empty", "sallyport init"]),
      WrongFile(arguments: ["policy", "check", "binary"], code: 65, says: ["binary: is not UTF-8", "YAML"]),
    ])
  func wrongFile(wrong: WrongFile) throws {
    let user = try User()
    #expect(try user.sallyport("run", "--quiet", "--", "/bin/true").code == 0)
    user.arrange("cd project && mkdir dir && touch empty && mkfifo pipe && printf '\\377\\000' > binary")
    let outcome = try user.sallyport(wrong.arguments)
    #expect(outcome.code == wrong.code, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    for words in wrong.says { #expect(outcome.errors.contains(words), "\(outcome.errors)") }
  }

  @Test("a file that is not there is tried all the same, and that is said with the nearest name")
  func absentSource() throws {
    let user = try User()
    try user.write("x\n", to: "parser.c")
    let arguments = ["policy", "explain", "--url", "https://a.example/", "--source"]
    let absent = try user.sallyport(arguments + ["praser.c:1-2"])
    #expect(absent.code == 0)
    #expect(absent.errors.contains("--source praser.c: there is no such file"), "\(absent.errors)")
    #expect(absent.errors.contains("'parser.c'"))
    #expect(try user.sallyport(arguments + ["parser.c:1-2"]).errors.isEmpty)
  }

  @Test(
    "what cannot be a request is refused",
    arguments: [
      ["--url", "https://a.example/", "--method", "G T"], ["--url", "https://a.example/", "--method", ""],
      ["--url", "https://a.example/", "--agent", "codex", "--agent-version", "x y"],
      ["--url", "https://a.example/", "--agent-version", "latest"],
      ["--url", "https://a b.example/"], ["--url", "https://a.example:99999/"],
    ])
  func request(arguments: [String]) throws {
    let outcome = try User().sallyport(["policy", "explain"] + arguments)
    #expect(outcome.code == 64, "\(outcome.output)")
    #expect(outcome.errors.hasPrefix("sallyport: --"), "\(outcome.errors)")
  }

  @Test(
    "nothing that a user, a file or an agent wrote speaks to the terminal",
    arguments: [
      ["policy", "explain", "--url", "https://x\u{1B}[31m.example"],
      ["policy", "explain", "--url", "https://x.example/\u{1B}[31m\u{202E}"],
      ["policy", "check", "no\u{1B}[31mne.yaml"], ["policy", "check", "wr\u{1B}[31mong.yaml"],
      ["run", "--policy", "wr\u{1B}[31mong.yaml", "--", "true"], ["policy", "check", "so\u{1B}[31mund.yaml"],
      ["run", "--", "no\u{1B}[31mne"], ["run", "--\u{1B}[31m", "--", "true"], ["\u{1B}[31m"],
      ["log", "verify", "--ledger", "no\u{1B}[31mne"],
      ["init", "--output", "deep/no\u{1B}[31mne"], ["init", "--output", "made\u{1B}[31m.yaml"],
      ["log", "show", "--purpose", "\u{1B}[31m"], ["policy", "show", "\u{1B}[31m"],
      ["run", "--report", "no\u{1B}[31mne", "--read", "/none\u{1B}[31m", "--", "true"],
    ])
  func escapes(arguments: [String]) throws {
    let user = try User()
    try user.write("versoin: 1\n", to: "wr\u{1B}[31mong.yaml")
    try user.write("version: 1\n", to: "so\u{1B}[31mund.yaml")
    let outcome = try user.sallyport(arguments)
    #expect(!(outcome.output + outcome.errors).unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    #expect((outcome.output + outcome.errors).contains("\\u{1B}"), "\(outcome.output) \(outcome.errors)")
  }

  @Test("policy check says aloud what a file gives away, and says nothing of one that gives nothing away")
  func notices() throws {
    let user = try User()
    let rules = """
      version: 1
      uninspected: [{hosts: [a.example], because: It pins.}]
      rules:
        - {name: all, then: allow}
        - {name: keys, when: {class: credential}, then: allow}

      """
    try user.write(rules, to: "loose.yaml")
    try user.write("version: 1\n", to: "tight.yaml")
    let loose = try user.sallyport("policy", "check", "loose.yaml")
    #expect(loose.code == 0)
    for words in ["loose.yaml:2: ", "a.example", "loose.yaml:4: 'all'", "loose.yaml:5: 'keys'"] {
      #expect(loose.output.contains(words), "\(loose.output)")
    }
    let json = try JSONParser.parse(try user.sallyport("policy", "check", "loose.yaml", "--json").output)
    #expect(json["notices"]?.array?.count == 3)
    #expect(try user.sallyport("policy", "check", "tight.yaml").output.split(separator: "\n").count == 1)
  }

  @Test("a policy that cannot be read says which of the ways", arguments: ["directory", "unreadable", "large"])
  func unreadable(kind: String) throws {
    // Root reads everything.
    if kind == "unreadable", geteuid() == 0 { return }
    let user = try User()
    user.arrange(
      "cd project; mkdir directory; echo 'version: 1' > unreadable; chmod 0 unreadable; truncate -s 2M large")
    let outcome = try user.sallyport("policy", "check", kind)
    let words = ["directory": "is a directory", "unreadable": "Permission denied", "large": "larger than"]
    #expect(outcome.code == 65)
    #expect(outcome.errors.contains(words[kind] ?? "?"), "\(outcome.errors)")
  }

  @Test(
    "a catalogue's file says what it opens: not everything",
    arguments: [
      ("agents/x.yaml", "files: [{path: /, access: read, source: s}]", "/"),
      ("agents/x.yaml", "files: [{path: ~/, access: read, source: s}]", "~/"),
      ("agents/x.yaml", "endpoints: [{id: a, hosts: [\"*\"], purpose: model, source: s}]", "*"),
      ("agents/x.yaml", "endpoints: [{id: a, hosts: [\"*.*\"], purpose: model, source: s}]", "*.*"),
    ])
  func catalogue(file: String, line: String, found: String) throws {
    let user = try User()
    user.arrange("mkdir -p project/own/agents")
    let head = """
      id: x
      name: X
      vendor: openai
      commands: [x-agent]
      models: [openai]
      sources: {s: {from: here, evidence: measured, date: 2026-11-20}}

      """
    try user.write(head + line + "\n", to: "own/\(file)")
    let outcome = try user.sallyport("run", "--catalog", "own", "--", "/bin/echo", "started")
    #expect(outcome.code == 65, "\(outcome.errors)")
    #expect(outcome.errors.contains("x.yaml:7: '\(found)'"), "\(outcome.errors)")
  }
}

extension Substring {
  /// Whether a sentence has this word as one of its own, not as a part of another.
  fileprivate func localized(_ word: String) -> Bool {
    split { !($0.isLetter || $0 == "-") }.contains { $0 == word }
  }
}
