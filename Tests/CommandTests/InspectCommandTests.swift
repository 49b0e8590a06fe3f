internal import Evidence
internal import Testing

@Suite("sallyport inspect", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct InspectCommandTests {
  /// Built of parts, so that this file has none.
  private static let token = "ghp_" + "CGdv7YIZR3AGpsLF0rFaFmPRGSZ3mU2ie2Vz"

  private static func addresses(_ count: Int) -> String {
    (1...count).map { "person\($0).of\($0 * 7)@customers-of-ours.com\n" }.joined()
  }

  private static func user(_ text: String, _ name: String = "a.txt") throws -> User {
    let user = try User()
    try user.write(text, to: name)
    return user
  }

  // MARK: Baselines

  @Test("a baseline is written over nothing but a baseline", arguments: [["a.txt"], ["."]])
  func occupied(paths: [String]) throws {
    let user = try Self.user("nothing\n")
    try user.write("# Ours\n", to: "README.md")
    let refused = try user.sallyport(["inspect", "--write-baseline", "README.md"] + paths)
    #expect(
      refused.code == 73 && refused.errors.contains("README.md: is there and is no baseline"), "\(refused.errors)")
    #expect(try user.shell("cat README.md").output == "# Ours\n")
    let read = try user.sallyport("inspect", "--baseline", "README.md", "a.txt")
    #expect(read.code == 65 && !read.errors.contains("--write-baseline README.md"), "\(read.errors)")
    for _ in 0..<2 {
      #expect(try user.sallyport("inspect", "--write-baseline", "b.json", "a.txt").code == 0)
    }
  }

  @Test("a baseline takes nobody's device or pipe", arguments: ["null", "fifo", "link"])
  func device(name: String) throws {
    let user = try Self.user("nothing\n")
    user.arrange("cd project && mkfifo fifo && ln -s fifo link && (mknod null c 1 3 || mkdir null)")
    let before = try user.shell("stat -L -c %F:%i \(name)").output
    let refused = try user.sallyport("inspect", "--write-baseline", name, "a.txt")
    #expect(refused.code == 73 && refused.errors.contains("\(name): is no regular file"), "\(refused.errors)")
    #expect(try user.shell("stat -L -c %F:%i \(name); ls").output.hasPrefix(before))
  }

  @Test("a baseline of more than are told one by one is read again, and lets no more stand than there were")
  func numerousBaseline() throws {
    let user = try Self.user(Self.addresses(700))
    #expect(try user.sallyport("inspect", "--write-baseline", "b.json", "a.txt").code == 0)
    let same = try user.sallyport("inspect", "--baseline", "b.json", "a.txt")
    #expect(same.code == 0, "\(same.output)\(same.errors)")
    try user.write(Self.addresses(701), to: "a.txt")
    #expect(try user.sallyport("inspect", "--baseline", "b.json", "a.txt").code == 1)
  }

  @Test("where there is no room for a baseline, the older one stays as it was, with nothing beside it")
  func noRoom() throws {
    let user = try Self.user("nothing\n")
    #expect(try user.sallyport("inspect", "--write-baseline", "b.json", "a.txt").code == 0)
    for number in 1...40 { try user.write(Self.addresses(40), to: "many\(number).txt") }
    let before = try user.shell("cat b.json").output
    let refused = try user.shell("trap '' XFSZ; ulimit -f 8; \"$SALLYPORT\" inspect --write-baseline b.json .")
    #expect(refused.code == 73 && refused.errors.contains("File too large"), "\(refused.errors)")
    #expect(try user.shell("cat b.json").output == before)
    #expect(try user.shell("ls b.json*").output == "b.json\n")
  }

  // MARK: Nothing to look at

  @Test("a directory that was removed is no empty one")
  func removed() throws {
    let user = try Self.user("nothing\n")
    let ended = try user.shell("mkdir d && cd d && rmdir ../d && \"$SALLYPORT\" inspect")
    #expect(ended.code == 66 && ended.errors.contains("it was removed"), "\(ended.errors)")
  }

  @Test(
    "what would be left out of account is refused",
    arguments: [
      ["--list", "--sarif"], ["--list", "--baseline", "b.json"], ["--baseline", "", "a.txt"], ["--range", ""],
    ])
  func refused(arguments: [String]) throws {
    let ended = try Self.user("nothing\n").sallyport(["inspect"] + arguments)
    #expect(ended.code == 64 && ended.output.isEmpty && ended.errors.contains(arguments[0]), "\(ended.errors)")
  }

  // MARK: Many things

  @Test("a table of any length, and as many addresses as there are, are redacted")
  func redacted() throws {
    let rows = (1...300).map { "Person \($0),person\($0)@customers-of-ours.com,+49 30 \(1_000_000 + $0 * 7919)\n" }
    for text in [Self.addresses(700), "name,mail,phone\n" + rows.joined()] {
      let user = try Self.user(text)
      let redacted = try user.sallyport("inspect", "--redact", "a.txt")
      #expect(redacted.code == 0, "\(redacted.errors)")
      #expect(!redacted.output.contains("customers-of-ours"))
      #expect(redacted.output.split(separator: "\n").count == text.split(separator: "\n").count)
      try user.write(redacted.output, to: "redacted.txt")
      #expect(try user.sallyport("inspect", "redacted.txt").code == 0)
    }
  }

  @Test("why a text cannot be redacted is told truly")
  func notRedacted() throws {
    let user = try Self.user("key \(Self.token)\n")
    user.arrange("cd project && printf '\\0' >> a.txt")
    let outcome = try user.sallyport("inspect", "--redact", "a.txt")
    #expect(outcome.code == 65 && outcome.errors.contains("it is binary"), "\(outcome.errors)")
  }

  @Test("of more than are told one by one the number is told, in every form")
  func numerous() throws {
    let user = try Self.user(Self.addresses(700))
    let text = try user.sallyport("inspect", "a.txt")
    #expect(text.output.contains("700 found"), "\(text.output.suffix(200))")
    #expect(text.output.contains(" more") && text.output.contains("700 in all, the first "))
    let json = try JSONParser.parse(try user.sallyport("inspect", "--json", "a.txt").output)
    let findings = json["findings"]?.array ?? []
    let more = findings.compactMap { $0["more"]?.integer }
    #expect(more.count == 1 && findings.count - 1 + more.reduce(0, +) == 700)
    let sarif = try JSONParser.parse(try user.sallyport("inspect", "--sarif", "a.txt").output)
    let results = sarif["runs"]?.array?.first?["results"]?.array ?? []
    let one = try #require(results.first { $0["properties"]?["more"] != nil })
    #expect(one["message"]?["text"]?.string?.contains(" more; 700 in all") == true)
    #expect(one["locations"]?.array?.first?["physicalLocation"]?["region"] == nil)
  }

  @Test("a comment in the first line lets only that line's findings stand")
  func numerousComment() throws {
    let user = try Self.user("# sallyport:allow(personal) made up\n" + Self.addresses(700))
    let outcome = try user.sallyport("inspect", "a.txt")
    #expect(outcome.output.contains("699 found, 1 allowed"), "\(outcome.output.suffix(200))")
  }

  // MARK: What is printed

  @Test("what is no terminal gets its table whole; COLUMNS cuts it")
  func uncut() throws {
    let name = String(repeating: "long-directory-name-", count: 10)
    let user = try User()
    user.arrange("mkdir -p 'project/\(name)/\(name)'")
    try user.write("key \(Self.token)\n", to: "\(name)/\(name)/a.txt")
    let whole = try user.sallyport("inspect")
    #expect(whole.output.contains("\(name)/\(name)/a.txt:1:5 ") && !whole.output.contains("…"), "\(whole.output)")
    #expect(try user.shell("COLUMNS=60 $SALLYPORT inspect").output.contains("…"))
  }

  @Test("--explain tells by what a policy can allow it, the same as --json")
  func fingerprint() throws {
    let user = try Self.user("key \(Self.token)\n")
    let json = try JSONParser.parse(try user.sallyport("inspect", "--json", "a.txt").output)
    let fingerprint = try #require(json["findings"]?.array?.first?["fingerprint"]?.string)
    let explained = try user.sallyport("inspect", "--explain", "a.txt")
    #expect(
      explained.output.contains(fingerprint) && explained.output.contains("allow-findings"), "\(explained.output)")
  }

  // MARK: Comments and names

  @Test("a comment that does not count is told with its place and why")
  func comments() throws {
    let cases: [(comment: String, says: String?)] = [
      ("sallyport:allow(github-token)", "a.txt:1: the comment sallyport:allow(github-token) allows nothing: write"),
      ("sallyport:allow(githb-token) made up", "a.txt:1: the comment sallyport:allow names 'githb-token'"),
      ("sallyport:allow(githb-token) made up", "Did you mean 'github-token'?"),
      ("sallyport:allow(github-token made up", "a.txt:1: the comment sallyport:allow( allows nothing: its bracket"),
      ("sallyport:allow(email-address) made up", nil), ("sallyport:allow(github-token) made up", nil),
    ]
    for (comment, says) in cases {
      let user = try Self.user("key \(Self.token) # \(comment)\n")
      let outcome = try user.sallyport("inspect", "a.txt")
      if let says {
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
      } else {
        #expect(outcome.errors.isEmpty)
      }
      #expect(try user.sallyport("inspect", "--no-comments", "a.txt").errors.isEmpty)
    }
  }

  @Test("what is named twice is looked at once, however it is named")
  func twice() throws {
    let user = try User()
    user.arrange("mkdir project/sub")
    try user.write("key \(Self.token)\n", to: "sub/a.txt")
    for paths in [["sub", "sub"], ["sub/a.txt", "./sub/a.txt"], [".", "sub"], ["sub/a.txt", "."]] {
      let outcome = try user.sallyport(["inspect"] + paths)
      #expect(outcome.output.contains("1 file, ") && outcome.output.contains(": 1 found"), "\(outcome.output)")
    }
  }

  @Test("git's words are told once introduced")
  func gitComplaint() throws {
    let user = try Self.user("nothing\n")
    let outcome = try user.shell("git init -q . && $SALLYPORT inspect --range nowhere..HEAD")
    #expect(outcome.code == 66 && !outcome.errors.contains("says:"), "\(outcome.errors)")
    #expect(outcome.errors.contains("git rev-list: "))
  }

  @Test(
    "shells complete classes, grades and kinds",
    arguments: [
      ("bash", ["hidden-text", "redact", "database"]), ("zsh", ["hidden-text", "redact", "database"]),
      ("fish", ["hidden-text", "redact", "database"]),
    ])
  func completions(shell: String, words: [String]) throws {
    let script = try User().sallyport("--generate-completion-script", shell).output
    for word in words { #expect(script.contains(word), "\(word)") }
  }
}
