internal import Evidence
internal import Glibc
internal import Testing

/// Changes that wait are applied by the policy of the run or that of now, whichever is stricter.
@Suite("Changes under a stricter policy", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct StricterPolicyTests {
  private let user: User

  init() throws {
    user = try User()
    try #require(try user.shell("git init -q . && mkdir deploy src").code == 0)
  }

  private static let changes = "echo 1 > deploy/a.sh; echo 1 > src/a.c; echo 1 > .envrc"

  private func run(_ script: String = changes, options: String = "") throws {
    let outcome = try user.shell(
      "setsid -w \"$SALLYPORT\" run --overlay -q \(options) -- /bin/bash -c '\(script)' < /dev/null")
    try #require(outcome.code == 0, "\(outcome.errors)")
  }

  private func policy(_ protect: String, to name: String = "sallyport.yaml") throws {
    try user.write("version: 1\nprotect: \(protect)\n", to: name)
  }

  private func text(_ name: String) -> String {
    access("\(user.project)/\(name)", F_OK) == 0 ? (try? TextFile.read("\(user.project)/\(name)")) ?? "?" : "nothing"
  }

  @Test("what is denied since the run is not applied, with all or by its name, and a sentence names the rule")
  func denied() throws {
    try run()
    try policy("{deny: [\"deploy/**\"]}")
    let all = try user.sallyport("changes", "apply")
    let rule = "protect: {deny: [\"deploy/**\"]} in \(user.project)/sallyport.yaml."
    #expect(all.code == 1)
    #expect(
      all.errors.contains("deploy/a.sh: is denied now, since the policy has become stricter: \(rule)"), "\(all.errors)")
    let named = try user.sallyport("changes", "apply", "deploy/a.sh")
    #expect(named.code != 0)
    #expect(
      named.errors.contains("is denied by the policy, which has become stricter since the run: \(rule)"),
      "\(named.errors)")
    #expect(text("deploy/a.sh") + text("src/a.c") == "nothing1\n")
    #expect(try user.sallyport("changes", "apply", "deploy/a.sh", "--force").code != 0)
    #expect(text("deploy/a.sh") == "nothing")
  }

  @Test("a group that is denied since the run is named, too")
  func deniedGroup() throws {
    try run()
    try policy("{shell: deny}")
    let named = try user.sallyport("changes", "apply", ".envrc")
    #expect(named.errors.contains("stricter since the run: protect: {shell: deny} in "), "\(named.errors)")
    #expect(text(".envrc") == "nothing")
    let list = try user.sallyport("changes").output
    #expect(list.contains(".envrc  (denied by the policy since the run: shell)"), "\(list)")
  }

  @Test("what is asked about since the run is applied by its own name only")
  func reviewed() throws {
    try run()
    try policy("{review: [\"deploy/**\"]}")
    let all = try user.sallyport("changes", "apply")
    #expect(all.code == 1)
    #expect(
      all.errors.contains("deploy/a.sh: is applied only where it is named now, since the policy has become stricter"),
      "\(all.errors)")
    #expect(text("deploy/a.sh") == "nothing")
    #expect(try user.sallyport("changes", "apply", "deploy/a.sh").code == 0)
    #expect(text("deploy/a.sh") == "1\n")
  }

  @Test("what the run's policy asked about is applied by its name only, though the policy lets it now")
  func looser() throws {
    try policy("{review: [\"deploy/**\"]}")
    try run()
    try policy("{editors: deny}")
    let all = try user.sallyport("changes", "apply")
    #expect(all.code == 0, "\(all.errors)")
    #expect(text("deploy/a.sh") + text("src/a.c") == "nothing1\n")
  }

  @Test("the policy that the run was given by name is the one that is read again")
  func namedPolicy() throws {
    try policy("{editors: review}", to: "own.yaml")
    try run(options: "--policy own.yaml")
    try policy("{deny: [\"deploy/**\"]}", to: "own.yaml")
    #expect(try user.sallyport("changes", "apply").errors.contains("in \(user.project)/own.yaml."))
    #expect(text("deploy/a.sh") == "nothing")
  }

  @Test("a policy that cannot be read lets nothing be applied, and all be listed and discarded")
  func broken() throws {
    try run()
    try user.write("version: 1\nprotect: [\n", to: "sallyport.yaml")
    let applied = try user.sallyport("changes", "apply")
    #expect(applied.code != 0)
    #expect(applied.errors.contains("sallyport.yaml"), "\(applied.errors)")
    #expect(text("src/a.c") == "nothing")
    #expect(try user.sallyport("changes").output.contains("src/a.c"))
    #expect(try user.sallyport("changes", "discard", "latest", "src/a.c").code == 0)
  }
}
