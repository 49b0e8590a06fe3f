internal import ArgumentParser
internal import Documents
internal import Evidence
internal import Glibc
internal import Presentation
internal import Run
internal import Verification

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Try to get out of the sandbox on this host, in every way that we know of, and show what comes of it.",
    discussion: HelpText.flowing(
      """
      Each attempt is made by a program of ours in a throw-away sandbox of exactly the kind that run makes. Nothing
      leaves the machine, and nothing of yours is touched.

      EXAMPLES
        sallyport verify
        sallyport verify --only N6,K1.io-uring
        sallyport verify --json > verify.json

      Exit codes: 0 every attempt ended as it has to, 1 one did not, 69 no sandbox could be made.
      """))

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  @Flag(name: .long, help: "Print what would be tried, and try nothing.")
  var list = false

  @Option(name: .long, help: .init("Try only these: an attempt, a row or a letter of the list.", valueName: "id[,id]"))
  var only: String?

  @OptionGroup var colour: ColourOption

  func run() throws {
    let attempts = try chosen()
    if list { return try show(attempts) }
    let verdicts: [Verdict]
    do {
      verdicts = try verify(attempts)
    } catch {
      switch error.code {
      case .noSandbox: throw Exit.unavailable.end("nothing could be verified: \(error)")
      case .place: throw Exit.state.end(error.description)
      case .interrupted:
        Message.error(error.description)
        throw ExitCode(128 + SIGINT)
      }
    }
    if json {
      Message.result(try JSONText.of(.array(verdicts.map(\.json))))
    } else {
      Message.result(VerdictText(verdicts, colour.terminal()).text)
    }
    if !verdicts.allSatisfy(\.passed) { throw ExitCode(1) }
  }

  private func chosen() throws -> [Attempt] {
    guard let only else { return Attempts.all }
    let words = only.split(separator: ",").map { String($0.filter { !$0.isWhitespace }) }.filter { !$0.isEmpty }
    guard !words.isEmpty else { throw Self.refusal("names no attempt.") }
    for word in words where !Attempts.all.contains(where: { $0.isMeant(by: word) }) {
      let nearest = NearestWord.to(word, among: Attempts.all.map(\.id)).map { " Did you mean '\($0)'?" } ?? ""
      throw Self.refusal("names '\(word)', which is none.\(nearest)")
    }
    return Attempts.all.filter { attempt in words.contains { attempt.isMeant(by: $0) } }
  }

  private static func refusal(_ what: String) -> ValidationError {
    ValidationError(
      "--only \(what) It takes attempts (N6.loopback), rows (N6) and letters (N) of the list: sallyport verify --list")
  }

  private func show(_ attempts: [Attempt]) throws {
    if json { return Message.result(try JSONText.of(.array(attempts.map(\.json)))) }
    Message.result(VerdictText.list(attempts, colour.terminal()))
  }

  private func verify(_ attempts: [Attempt]) throws(VerificationError) -> [Verdict] {
    let line = Progress(colour.terminal(2), of: attempts.count)
    defer { line.clear() }
    line.begin()
    return try Verifier.run(attempts) { line.show($0) }
  }
}

/// How far it is, on standard error, where somebody looks.
private final class Progress {
  private var line: ProgressLine
  private let count: Int
  private var done = 0

  init(_ terminal: Terminal, of count: Int) {
    line = ProgressLine(terminal: terminal) { Message.note($0) }
    self.count = count
  }

  /// The first verdict takes a while: its run has no compiled detectors yet.
  func begin() { line.show(Line(Piece("verify 0 of \(count): making a sandbox and compiling its detectors", .muted))) }

  func show(_ verdict: Verdict) {
    done += 1
    line.show(Line(Piece("verify \(done) of \(count): \(verdict.attempt.id) \(verdict.attempt.title)", .muted)))
  }

  func clear() { line.clear() }
}
