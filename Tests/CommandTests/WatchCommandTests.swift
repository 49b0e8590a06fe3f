internal import Evidence
internal import Glibc
internal import Testing

@Suite("sallyport watch", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct WatchCommandTests {
  /// A run whose agent waits for its user at two places, and sends something in between.
  private struct Watched {
    let user: User
    let upstream: Upstream
    let run: User.Started

    static let agent = """
      echo x > here; until test -e go; do sleep 0.05; done
      curl -s -m 20 -d body=one http://open.test/one; curl -s -m 20 -d body=two http://asked.test/two
      echo x > sent; until test -e end; do sleep 0.05; done; exit 3
      """

    init() throws {
      user = try User()
      upstream = try Upstream(at: "\(user.root)/upstream")
      try user.write(
        """
        version: 1
        posture: control
        rules:
          - {name: open, when: {destination: [open.test]}, then: allow}
          - {name: asked, when: {destination: [asked.test]}, then: ask, because: "It is new."}

        """, to: "sallyport.yaml")
      run = try user.start([
        "run", "--quiet", "--report", "out", "--connect-to", "::\(user.root)/upstream", "--", "/bin/bash", "-c",
        Self.agent,
      ])
      try wait(for: "here")
    }

    func wait(for file: String) throws {
      try #require(
        user.arrange("for i in $(seq 400); do test -e 'project/\(file)' && exit 0; sleep 0.05; done; exit 1") == 0,
        "\(file) did not come")
    }

    func finish() throws -> User.Outcome {
      defer { upstream.stop() }
      user.arrange("touch project/go project/end")
      return try run.finish()
    }

    var report: JSONValue { get throws { try JSONParser.parse(try TextFile.read("\(user.project)/out/report.json")) } }
  }

  private static func messages(_ text: String) throws -> [JSONValue] {
    try text.split(separator: "\n").map { try JSONParser.parse(String($0)) }
  }

  private static func schema(_ name: String) throws -> JSONValue {
    let root = "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    return try JSONParser.parse(try TextFile.read("\(root)/docs/schemas/\(name).schema.json"))
  }

  /// With the other schema's definitions in it, which it refers to.
  private static func check() throws -> SchemaCheck {
    let text = try TextFile.read(
      "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/docs/schemas/watch.schema.json"
    ).replacing("report.schema.json#/$defs/", with: "#/$defs/report-")
    let own = try JSONParser.parse(text)
    let report = String(decoding: try CanonicalJSON.encode(try schema("report")["$defs"] ?? [:]), as: UTF8.self)
      .replacing("#/$defs/", with: "#/$defs/report-")
    let others = try #require(JSONParser.parse(report).object).map { ("report-" + $0.key, $0.value) }
    var members = try #require(own.object)
    members["$defs"] = .object(try #require(own["$defs"]?.object).merging(others) { own, _ in own })
    return SchemaCheck(schema: .object(members))
  }

  @Test("what it prints as JSON is the run's own word, agrees with the report, and is as the schema says")
  func json() throws {
    let watched = try Watched()
    // From the project, so that it finds the run by itself.
    let watch = try watched.user.start(["watch", "--json"])
    // It asks the watcher; standard input is /dev/null, so nobody answers, and the run's end would be silence.
    let answering = try watched.user.python(Self.answering(at: watched.user, "yes"))
    #expect(answering.code == 0, "\(answering.errors)")
    let run = try watched.finish()
    let outcome = try watch.finish()
    #expect(run.code == 3, "\(run.errors)")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let messages = try Self.messages(outcome.output)
    #expect(messages.first?["type"] == "run" && messages.last?["type"] == "ended")
    let report = try watched.report
    let exchanges = try #require(report["exchanges"]?.array)
    #expect(exchanges.count == 2)
    for exchange in exchanges {
      let told = messages.last { $0["exchange"]?["sequence"] == exchange["sequence"] && $0["type"] == "exchange" }
      #expect(told?["exchange"] == exchange)
    }
    #expect(messages.last?["totals"] == report["totals"])
    #expect(messages.last?["exitStatus"] == 3)
    #expect(exchanges[1]["reasons"]?.array?.contains(Self.reason("a person said yes in sallyport watch")) == true)
    #expect(watched.upstream.received.count == 2)
    let check = try Self.check()
    for message in messages {
      // What is published about exchanges is checked where the report is.
      let bare = message["exchange"] == nil ? message : Self.without("exchange", message)
      let complaints = check.complaints(bare).filter { !$0.hasSuffix("exchange is missing") }
      #expect(complaints.isEmpty, "\(complaints): \(message)")
    }
  }

  private static func without(_ name: String, _ value: JSONValue) -> JSONValue {
    .object((value.object ?? [:]).filter { $0.key != name })
  }

  private static func reason(_ statement: String) -> JSONValue {
    ["subject": "answer", "statement": .string(statement)]
  }

  /// A watcher of another make: connects, lets the agent go on, answers the first question, waits until it was heard.
  private static func answering(at user: User, _ answer: String) -> String {
    """
    import glob, json, socket
    stream = socket.socket(socket.AF_UNIX)
    stream.settimeout(20)
    stream.connect(glob.glob("\(user.state)/live/*/feed")[0])
    lines = stream.makefile("r")
    open("\(user.project)/go", "w")
    for line in lines:
        message = json.loads(line)
        if message["type"] == "question":
            said = {"v": 1, "type": "answer", "question": message["question"], "answer": "\(answer)"}
            stream.sendall((json.dumps(said) + "\\n").encode())
        if message["type"] == "answered":
            assert message["by"] == "watch" and message["answer"] == "\(answer)", message
            break
    """
  }

  @Test("a no that is said while watching stops the request, and the record tells who said it")
  func no() throws {
    let watched = try Watched()
    let answering = try watched.user.python(Self.answering(at: watched.user, "no"))
    #expect(answering.code == 0, "\(answering.errors)")
    #expect(try watched.finish().code == 3)
    let exchange = try #require(try watched.report["exchanges"]?.array?.last)
    #expect(exchange["decision"] == "block")
    #expect(exchange["reasons"]?.array?.contains(Self.reason("a person said no in sallyport watch")) == true)
    #expect(watched.upstream.received.count == 1)
    let shown = try watched.user.sallyport("log", "show", "--type", "egress.decision", "--json")
    let entry = try #require(try Self.messages(shown.output).last)
    #expect(entry["answer"] == ["word": "no", "by": "watch"])
  }

  @Test("lines of standard input are passed on to the run, so that a program can answer")
  func standardInput() throws {
    let watched = try Watched()
    let outcome = try watched.user.shell(
      """
      coproc "$SALLYPORT" watch --json
      touch go
      while read -r line <&"${COPROC[0]}"; do
        case $line in
          *'"type":"question"'*) echo '{"v":1,"type":"answer","question":1,"answer":"yes"}' >&"${COPROC[1]}" ;;
          *'"type":"answered"'*) echo "$line"; break ;;
        esac
      done
      """)
    #expect(outcome.output.contains("\"answer\":\"yes\""), "\(outcome.errors)")
    #expect(try watched.finish().code == 3)
    #expect(watched.upstream.received.count == 2)
  }

  @Test("on a pipe it is a line for each thing that happens, without any control character")
  func lines() throws {
    let watched = try Watched()
    let watch = try watched.user.start(["watch"])
    #expect(try watched.user.python(Self.answering(at: watched.user, "yes")).code == 0)
    #expect(try watched.finish().code == 3)
    let outcome = try watch.finish()
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("#1 unknown POST open.test:80; allowed"))
    #expect(outcome.output.contains("question 1: may "))
    #expect(outcome.output.contains("ended r_"))
    #expect(!outcome.output.utf8.contains { $0 < 0x20 && $0 != 0x0a })
  }

  @Test("a watcher that never reads does not slow the run, nor its end")
  func stuck() throws {
    let watched = try Watched()
    let outcome = try watched.user.python(
      """
      import glob, socket, subprocess, time
      streams = [socket.socket(socket.AF_UNIX) for _ in range(3)]
      for stream in streams:
          stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
          stream.connect(glob.glob("\(watched.user.state)/live/*/feed")[0])
      # Another one answers, by the socket as well.
      """ + "\n" + Self.answering(at: watched.user, "yes"))
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try watched.finish().code == 3)
  }

  @Test("without a run it says so and how to get one, with a code of its own")
  func nothing() throws {
    let outcome = try User().sallyport("watch")
    #expect(outcome.code == 75)
    #expect(outcome.errors.hasPrefix("sallyport: No run is under way."))
    let named = try User().sallyport("watch", "r_4f9c")
    #expect(named.code == 75 && named.errors.contains("sallyport report r_4f9c"))
  }

  @Test("a run that was killed is not attached to; who was watching is told, with a code of its own")
  func killed() throws {
    let watched = try Watched()
    let watch = try watched.user.start(["watch", "--json"])
    #expect(
      watched.user.arrange("for i in $(seq 200); do test -s '\(watch.output)' && exit 0; sleep 0.05; done; exit 1") == 0
    )
    // The command's own process is the child of env and timeout.
    #expect(watched.user.arrange("kill -KILL $(pgrep -P \(watched.run.process.identifier))") == 0)
    let outcome = try watch.finish()
    #expect(outcome.code == 76, "\(outcome.errors)")
    #expect(outcome.errors.contains("it was killed"))
    // What is left of it ends too.
    _ = try watched.finish()
    #expect(watched.user.arrange("ls home/.local/state/sallyport/live/*/feed >/dev/null") == 0)
    let again = try watched.user.sallyport("watch")
    #expect(again.code == 75, "\(again.errors)")
    let listed = try watched.user.sallyport("runs")
    #expect(listed.output.contains("never finished"), "\(listed.output)")
  }

  @Test("of several runs none is guessed; they are listed, and one is named by how it begins")
  func several() throws {
    let watched = try Watched()
    let user = watched.user
    user.arrange("mkdir -p other third")
    let outcome = try user.shell(
      """
      cd ../other
      "$SALLYPORT" run --quiet -- /bin/bash -c 'echo x > here; until test -e end; do sleep 0.05; done' &
      for i in $(seq 400); do test -e here && break; sleep 0.05; done
      cd ../third
      "$SALLYPORT" watch; echo "code $?"
      "$SALLYPORT" runs --json | head -n 1 | sed 's/.*"run":"\\(r_.....\\).*/\\1/' > name
      "$SALLYPORT" watch --once "$(cat name)"; echo "code $?"
      cd ../other; "$SALLYPORT" watch --once --json | head -n 1
      touch end; wait
      """)
    #expect(outcome.errors.contains("2 runs are under way"), "\(outcome.errors)")
    #expect(outcome.output.contains("code 64") && outcome.output.contains("code 0"), "\(outcome.output)")
    #expect(outcome.output.contains("Nothing has been sent yet."))
    #expect(outcome.output.contains("\"workspace\":\"\(user.root)/other\""))
    user.arrange("touch project/go")
    #expect(try watched.finish().code == 3)
  }

  @Test("with --wait it waits for a run, and for one that is refused it says why")
  func waiting() throws {
    let user = try User()
    let watch = try user.start(["watch", "--wait"])
    let run = try user.sallyport("run", "--quiet", "--", "/bin/sh", "-c", "sleep 2")
    #expect(run.code == 0, "\(run.errors)")
    let outcome = try watch.finish()
    #expect(outcome.code == 0 && outcome.output.contains("ended r_"), "\(outcome.output)\(outcome.errors)")
  }
}
