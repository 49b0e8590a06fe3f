internal import Glibc
internal import Sandbox
internal import Testing

@Suite struct FileTests {
  private static let hasZoneLink = system("test -h /etc/localtime") == 0

  @Test("a secret in the home directory is not there")
  func secretInHome() async throws {
    let inmate = try Inmate()
    mkdir(inmate.home + "/.ssh", 0o700)
    try inmate.write("secret", to: inmate.home + "/.ssh/id_ed25519")
    try inmate.write("secret", to: inmate.home + "/notes")
    #expect(try await inmate.output("ls -A ~; cat ~/.ssh/id_ed25519 2>&1 | grep -c 'No such'") == "1")
  }

  @Test("a broad grant shows the home directory with its credential stores empty")
  func broadGrant() async throws {
    let inmate = try Inmate()
    mkdir(inmate.home + "/.ssh", 0o700)
    try inmate.write("secret", to: inmate.home + "/.ssh/id_ed25519")
    try inmate.write("secret", to: inmate.home + "/.netrc")
    try inmate.write("fine", to: inmate.home + "/notes")
    var plan = inmate.plan("cat ~/notes; ls -A ~/.ssh; wc -c < ~/.netrc; touch ~/.ssh/x 2>/dev/null || echo sealed")
    plan.reads = [inmate.home]
    #expect(try await inmate.run(plan).output == "fine0\nsealed\n")
  }

  @Test("a credential store in a broad grant that lies behind a symbolic link is empty too")
  func linkedStore() async throws {
    let inmate = try Inmate()
    mkdir(inmate.home + "/vault", 0o700)
    try inmate.write("secret", to: inmate.home + "/vault/credentials")
    symlink("vault", inmate.home + "/.aws")
    var plan = inmate.plan("cat ~/.aws/credentials ~/vault/credentials 2>/dev/null; echo end")
    plan.reads = [inmate.home]
    #expect(try await inmate.run(plan).output == "end\n")
  }

  @Test("a credential store that is named exactly is there")
  func namedStore() async throws {
    let inmate = try Inmate()
    mkdir(inmate.home + "/.ssh", 0o700)
    try inmate.write("known", to: inmate.home + "/.ssh/known_hosts")
    var plan = inmate.plan("cat ~/.ssh/known_hosts; touch ~/.ssh/x 2>/dev/null || echo read-only")
    plan.reads = [inmate.home + "/.ssh/known_hosts", inmate.home + "/.ssh"]
    #expect(try await inmate.run(plan).output == "knownread-only\n")
  }

  @Test("the workspace can be changed and the rest of the system cannot")
  func writing() async throws {
    let inmate = try Inmate()
    let script = """
      for file in ./a /usr/a /etc/a /a /opt/a /var/a /.sallyport/a /proc/sys/kernel/core_pattern; do
        (echo x > $file) 2>/dev/null && echo $file
      done
      """
    #expect(try await inmate.output(script) == "./a")
    #expect(access(inmate.workspace + "/a", F_OK) == 0)
  }

  @Test("temporary files are private and stay inside")
  func temporaryFiles() async throws {
    let inmate = try Inmate()
    let name = "/tmp/" + inmate.root.split(separator: "/").joined(separator: "-")
    try inmate.write("outside", to: name)
    defer { unlink(name) }
    #expect(try await inmate.output("ls /tmp | wc -l; echo x > \(name)2; cat \(name)2") == "0\nx")
    #expect(access(name + "2", F_OK) != 0)
  }

  @Test("the host's run-time directory and its sockets are not there")
  func runDirectory() async throws {
    let inmate = try Inmate()
    #expect(
      try await inmate.output("ls -d /run /var/run /sys/fs /sys/class /home/* /root 2>/dev/null; echo end") == "end")
  }

  @Test("names, accounts and machine identity are the sandbox's own")
  func identity() async throws {
    let inmate = try Inmate()
    var plan = inmate.plan(
      "cat /etc/hostname /etc/motto; hostname; grep -c . /etc/machine-id; cat /etc/os-release | head -1")
    plan.etcFiles["motto"] = Array("own\n".utf8)
    #expect(try await inmate.run(plan).output == "sandbox\nown\nsandbox\n1\nNAME=Linux\n")
    var host = [CChar](repeating: 0, count: 34)
    let file = open("/etc/machine-id", O_RDONLY)
    if file >= 0, read(file, &host, 32) == 32 {
      let outer = String(decoding: host.prefix(32).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      #expect(try await inmate.output("cat /etc/machine-id") != outer)
    }
    close(file)
  }

  @Test("a hidden file of the workspace appears empty and a protected one cannot be changed")
  func hiddenAndProtected() async throws {
    let inmate = try Inmate()
    try inmate.write("KEY=1", to: inmate.workspace + "/.env")
    mkdir(inmate.workspace + "/hooks", 0o755)
    try inmate.write("hook", to: inmate.workspace + "/hooks/pre-commit")
    var plan = inmate.plan(
      "wc -c < .env; echo x > hooks/pre-commit || echo kept; echo x > hooks/new || echo none; mv hooks h || echo held")
    plan.hiddenInWorkspace = [".env", "not-there", "../home"]
    plan.protectedInWorkspace = ["hooks", "not-there"]
    let output = try await inmate.run(plan).output
    #expect(output.split(separator: "\n").filter { !$0.contains(":") } == ["0", "kept", "none", "held"])
  }

  @Test("the certificate bundle stands in every system place")
  func certificates() async throws {
    let inmate = try Inmate()
    try inmate.write("PEM", to: inmate.home + "/bundle.pem")
    var plan = inmate.plan("cat /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem")
    plan.caBundle = inmate.home + "/bundle.pem"
    #expect(try await inmate.run(plan).output == "PEMPEMPEM")
  }

  @Test("a granted program is found by the link that its user knows it by")
  func linkedProgram() async throws {
    let inmate = try Inmate()
    mkdir(inmate.home + "/lib", 0o755)
    mkdir(inmate.home + "/bin", 0o755)
    try inmate.write("#!/bin/sh\necho agent\n", to: inmate.home + "/lib/agent")
    chmod(inmate.home + "/lib/agent", 0o755)
    symlink(inmate.home + "/lib/agent", inmate.home + "/bin/agent")
    var plan = inmate.plan("")
    plan.program = inmate.home + "/bin/agent"
    plan.arguments = []
    plan.reads = [inmate.home + "/bin/agent"]
    #expect(try await inmate.run(plan).output == "agent\n")
  }

  @Test("a granted directory is found by the link that its user knows it by, however often that is granted")
  func linkedDirectory() async throws {
    let inmate = try Inmate()
    mkdir(inmate.root + "/data", 0o755)
    try inmate.write("fine", to: inmate.root + "/data/notes")
    symlink("../data", inmate.home + "/notes")
    var plan = inmate.plan("cat ~/notes/notes \(inmate.root)/data/notes; echo x > ~/notes/new && cat ~/notes/new")
    plan.reads = [inmate.home + "/notes", inmate.home + "//notes/"]
    plan.writes = [inmate.home + "/notes"]
    #expect(try await inmate.run(plan).output == "finefinex\n")
  }

  @Test("granted links lead through one another, and into what is shown already")
  func linkedLinks() async throws {
    let inmate = try Inmate()
    mkdir(inmate.root + "/data", 0o755)
    mkdir(inmate.root + "/more", 0o755)
    try inmate.write("fine", to: inmate.root + "/more/notes")
    symlink(inmate.root + "/data", inmate.home + "/data")
    symlink(inmate.root + "/more", inmate.root + "/data/more")
    symlink(inmate.root + "/more", inmate.workspace + "/more")
    var plan = inmate.plan("cat ~/data/more/notes more/notes")
    plan.reads = [inmate.home + "/data/more", inmate.home + "/data", inmate.workspace + "/more"]
    #expect(try await inmate.run(plan).output == "finefine")
  }

  @Test("a granted link that every sandbox has is made once", .enabled(if: FileTests.hasZoneLink))
  func ownLink() async throws {
    let inmate = try Inmate()
    var plan = inmate.plan("readlink /etc/localtime | grep -c .")
    plan.reads = ["/etc/localtime", "/etc/alternatives/awk"].filter { access($0, R_OK) == 0 }
    #expect(try await inmate.run(plan).output == "1\n")
  }

  @Test("a granted link beneath which the sandbox has something by its name is refused in a sentence")
  func crowdedLink() async throws {
    let inmate = try Inmate()
    mkdir(inmate.root + "/dotfiles", 0o755)
    mkdir(inmate.root + "/dotfiles/agent", 0o755)
    symlink(inmate.root + "/dotfiles", inmate.home + "/.config")
    var plan = inmate.plan("true")
    plan.home.binds = [
      Bind(source: inmate.home + "/.config/agent", target: inmate.home + "/.config/agent", access: .write)
    ]
    plan.reads = [inmate.home + "/.config"]
    let error = await inmate.refusal(of: plan)
    #expect(
      error?.sentence
        == "\(inmate.home)/.config is a symbolic link, and the sandbox has \(inmate.home)/.config/agent beneath it.")
    #expect(error?.remedy == "Grant what it leads to instead: \(inmate.root)/dotfiles.")
  }

  @Test("a symbolic link to a file outside leads nowhere")
  func links() async throws {
    let inmate = try Inmate()
    try inmate.write("secret", to: inmate.home + "/notes")
    #expect(
      try await inmate.output("ln -s \(inmate.home)/notes l; cat l 2>/dev/null || echo nowhere") == "nowhere")
  }
}
