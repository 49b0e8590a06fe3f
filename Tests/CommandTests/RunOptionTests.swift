internal import Evidence
internal import Glibc
internal import Testing

@Suite("What the options of run accept", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct RunOptionTests {
  /// Options, the exit code, and what the sentence must say.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let options: [String]
    var code: Int32 = 64
    let says: [String]
    var setup = "true"

    var testDescription: String { options.joined(separator: " ") }
  }

  private static let mistakes = [
    Mistake(options: ["--secret", "TOKEN@*"], says: ["--secret", "'*'", "every host"]),
    Mistake(options: ["--secret", "TOKEN@*.com"], says: ["--secret", "'*.com'"]),
    Mistake(options: ["--secret", "TOKEN@*.*"], says: ["--secret", "'*.*'"]),
    Mistake(options: ["--secret", "TOKEN@a*.com"], says: ["--secret", "'a*.com'"]),
    Mistake(options: ["--secret", "TOKEN@0.0.0.0/0"], says: ["--secret", "0.0.0.0/0"]),
    Mistake(options: ["--env", "=x"], says: ["--env", "'=x'", "NAME"]),
    Mistake(options: ["--env", "A B=x"], says: ["--env", "'A B'"]),
    Mistake(options: ["--env", ""], says: ["--env", "NAME"]),
    Mistake(options: ["--env", "NOT_SET"], says: ["--env", "NOT_SET", "not set"]),
    Mistake(options: ["--env", "HTTPS_PROXY=http://x"], says: ["--env", "HTTPS_PROXY", "--no-proxy-environment"]),
    Mistake(options: ["--env", "SSL_CERT_FILE=/x"], says: ["--env", "SSL_CERT_FILE", "--upstream-ca"]),
    Mistake(options: ["--env", "HOME=/x"], says: ["--env", "HOME"]),
    Mistake(options: ["--env", "TOKEN=x", "--secret", "TOKEN@api.example.com"], says: ["--env", "TOKEN", "--secret"]),
    Mistake(options: ["--read", ""], says: ["--read", "empty"]),
    Mistake(options: ["--write", ""], says: ["--write", "empty"]),
    Mistake(
      options: ["--read", "/nowhere"], code: 66, says: ["--read /nowhere: there is no such file", "leave --read"]),
    Mistake(options: ["--write", "nowhere"], code: 66, says: ["--write nowhere: there is no such file"]),
    Mistake(
      options: ["--read", "gone"], code: 66,
      says: ["--read gone: is a symbolic link to nowhere, and that is not there"],
      setup: "ln -s nowhere project/gone"),
    Mistake(
      options: ["--write", "round"], code: 66, says: ["--write round: cannot be reached: Too many levels"],
      setup: "ln -s round project/round"),
    Mistake(options: ["--policy", ""], says: ["the policy", "empty"]),
    Mistake(
      options: ["--policy", "none"], code: 65, says: ["none: is empty", "version: 1"], setup: "touch project/none"),
    Mistake(options: ["--report", "a.txt"], code: 73, says: ["a.txt is a file"], setup: "touch project/a.txt"),
    Mistake(options: ["--json", "."], says: ["--json", "names no file"]),
    Mistake(options: ["--json", "a"], code: 73, says: ["a: is a directory", "a/run.json"], setup: "mkdir project/a"),
    Mistake(options: ["--report", ""], says: ["--report", "empty"]),
    Mistake(options: ["--connect-to", "::/nonexistent.sock"], code: 66, says: ["--connect-to", "/nonexistent.sock"]),
    Mistake(options: ["--upstream-ca", "a.txt"], code: 65, says: ["a.txt", "PEM"], setup: "echo hi > project/a.txt"),
    Mistake(options: ["--upstream-ca", "."], code: 65, says: ["directory", "PEM"]),
    Mistake(options: ["--upstream-ca", "none.pem"], code: 66, says: ["none.pem"]),
    Mistake(options: ["--upstream-ca", "pipe"], code: 65, says: ["pipe", "PEM"], setup: "mkfifo project/pipe"),
    Mistake(options: ["--upstream-ca", "/dev/zero"], code: 65, says: ["/dev/zero", "PEM"]),
    Mistake(options: ["--policy", "pipe"], code: 65, says: ["pipe", "no regular file"], setup: "mkfifo project/pipe"),
    Mistake(options: ["--policy", "/dev/zero"], code: 65, says: ["/dev/zero", "no regular file"]),
    Mistake(options: ["--policy", "."], code: 65, says: ["is a directory"]),
    Mistake(
      options: ["--policy", "big.yaml"], code: 65, says: ["big.yaml", "larger than"],
      setup: "truncate -s 3M project/big.yaml"),
    Mistake(options: ["--catalog", "none"], code: 66, says: ["--catalog none", "is not there"]),
    Mistake(options: ["--catalog", "."], code: 65, says: ["--catalog .", "holds nothing"]),
    Mistake(
      options: ["--catalog", "own"], code: 65, says: ["own/agents/x.yaml", "no regular file"],
      setup: "mkdir -p project/own/agents && mkfifo project/own/agents/x.yaml"),
    Mistake(
      options: ["--catalog", "own"], code: 65, says: ["own/environment.yaml", "no regular file"],
      setup: "mkdir -p project/own && mkfifo project/own/environment.yaml"),
    Mistake(
      options: ["--catalog", "own"], code: 65, says: ["x.yaml", "no regular file"],
      setup: "mkdir -p project/own/detectors && mkfifo project/own/detectors/x.yaml"),
    Mistake(
      options: ["--catalog", "own"], code: 65, says: ["own/vendors/x.yaml", "larger than"],
      setup: "mkdir -p project/own/vendors && truncate -s 20M project/own/vendors/x.yaml"),
  ]

  @Test("what cannot be meant is refused in one sentence, and nothing starts", arguments: mistakes)
  private func refused(mistake: Mistake) throws {
    let user = try User { _ in ["TOKEN": "the-real-value-of-it"] }
    user.arrange(mistake.setup)
    let outcome = try user.sallyport(["run"] + mistake.options + ["--", "/bin/echo", "started"])
    #expect(outcome.code == mistake.code, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("sallyport: "), "\(outcome.errors)")
    #expect(!outcome.errors.contains("\n\n"))
    for words in mistake.says { #expect(outcome.errors.contains(words), "\(outcome.errors)") }
    #expect(!outcome.errors.contains("the-real-value"))
  }

  @Test(
    "what is granted but is not the user's to read or to write is said so",
    .enabled(if: geteuid() != 0, "root may all"),
    arguments: [("--read", "cannot be read: Permission denied"), ("--write", "cannot be written: Permission denied")])
  func closed(option: String, says: String) throws {
    let user = try User()
    user.arrange("mkdir project/closed && chmod \(option == "--read" ? 000 : 555) project/closed")
    let outcome = try user.sallyport("run", option, "closed", "--", "/bin/echo", "started")
    #expect(outcome.code == 66 && outcome.errors.contains("\(option) closed: \(says)"), "\(outcome.errors)")
  }

  @Test("a granted link shows its directory by its own path and by what it leads to, and a granted file is one")
  func granted() throws {
    let user = try User()
    user.arrange("mkdir data && echo fine > data/notes && ln -s ../data home/link && ln -s ../data project/link")
    let outcome = try user.sallyport(
      "run", "-q", "--read", "\(user.home)/link", "--read", "\(user.home)/link/", "--read", "link", "--read",
      "\(user.root)/data/notes", "--", "/bin/sh", "-c",
      "cat ~/link/notes link/notes \(user.root)/data/notes; echo x 2>/dev/null > ~/link/new || echo kept")
    #expect(outcome.output == "fine\nfine\nfine\nkept\n", "\(outcome.errors)")
  }

  @Test("a key of ours that is a pipe is said, not waited for")
  func keyPipe() throws {
    let user = try User()
    user.arrange(
      "mkdir -p -m 700 home/.local/state/sallyport/keys && mkfifo -m 600 home/.local/state/sallyport/keys/pseudonym")
    let outcome = try user.sallyport("run", "--", "/bin/echo", "started")
    #expect(outcome.code == 73)
    #expect(outcome.errors.contains("keys/pseudonym"))
  }

  @Test("what an option sets is what the agent sees")
  func environment() throws {
    let user = try User { _ in ["PASSED": "on"] }
    let outcome = try user.sallyport(
      "run", "--quiet", "--env", "PASSED", "--env", "MADE=a=b", "--env", "EMPTY=", "--env", "TMPDIR=/var/tmp", "--",
      "/bin/sh", "-c", "echo \"$PASSED $MADE ${EMPTY-unset} $TMPDIR\"")
    #expect(outcome.output == "on a=b  /var/tmp\n", "\(outcome.errors)")
  }

  @Test(
    "a program that is there but cannot be run is told from one that is not there",
    arguments: [("./a.txt", "not executable"), ("./dir", "is a directory"), ("./none", "no such program")])
  func program(name: String, says: String) throws {
    let user = try User()
    user.arrange("mkdir project/dir && echo hi > project/a.txt && chmod 644 project/a.txt")
    let outcome = try user.sallyport("run", "--", name)
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test("a current directory that was deleted is named as what it is")
  func deletedDirectory() throws {
    let user = try User()
    let program = try #require(BuiltProgram.path)
    for command in ["run -- /bin/true", "policy check", "policy explain --url https://a.example/"] {
      user.arrange(
        "mkdir gone && cd gone && rmdir ../gone && HOME='\(user.home)' '\(program)' \(command) > ../o 2>&1; echo $? >> ../o"
      )
      let said = try TextFile.read("\(user.root)/o")
      #expect(said.contains("deleted"), "\(said)")
      #expect(said.hasSuffix("\n64\n"), "\(said)")
    }
  }
}
