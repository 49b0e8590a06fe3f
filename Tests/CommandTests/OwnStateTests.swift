internal import Evidence
internal import Glibc
internal import Testing

@Suite("Our own state stays outside", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct OwnStateTests {
  /// A way to grant it, with `%` for the user's directory.
  struct Way: Sendable, CustomTestStringConvertible {
    let name: String
    let options: [String]
    var setup = "true"
    var variables: [String: String] = [:]

    var testDescription: String { name }
  }

  private static let state = "%/home/.local/state/sallyport"
  private static let ways = [
    Way(name: "granted by name", options: ["--read", state]),
    Way(name: "one of its files", options: ["--read", "\(state)/authority/authority.key"]),
    Way(name: "its ledger, to write", options: ["--write", "\(state)/ledger"]),
    Way(name: "a directory above it, to write", options: ["--write", "%/home/.local"]),
    Way(
      name: "by a link in the workspace", options: ["--read", "link"],
      setup: "ln -s ../home/.local/state/sallyport/authority/authority.key project/link"),
    Way(
      name: "by a policy", options: ["--policy", "%/grants.yaml"],
      setup: "printf 'version: 1\\nfiles: {read: [\"~/.local/state/sallyport/keys\"]}\\n' > grants.yaml"),
    Way(name: "in the workspace", options: [], variables: ["SALLYPORT_HOME": "%/project/state"]),
    Way(
      name: "elsewhere and granted with what is around it", options: ["--read", "%/shared"],
      setup: "mkdir -p shared/state", variables: ["XDG_STATE_HOME": "%/shared/state"]),
    Way(
      name: "behind a link and granted with what is around it", options: ["--read", "%/shared"],
      setup: "mkdir -p shared/state && ln -s shared/state state", variables: ["SALLYPORT_HOME": "%/state"]),
  ]

  @Test("no grant shows the authority's key or the ledger", arguments: ways)
  private func refused(way: Way) throws {
    let user = try User { root in way.variables.mapValues { $0.replacing("%", with: root) } }
    #expect(user.arrange(way.setup) == 0)
    #expect(try user.sallyport("run", "--quiet", "--", "/bin/true").code == (way.name == "in the workspace" ? 64 : 0))
    let options = way.options.map { $0.replacing("%", with: user.root) }
    let outcome = try user.sallyport(["run"] + options + ["--", "/bin/echo", "started"])
    #expect(outcome.code == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("Sallyport's own state"), "\(outcome.errors)")
  }

  @Test("the home granted for reading shows it empty")
  func masked() throws {
    let user = try User()
    let outcome = try user.sallyport(
      "run", "--quiet", "--read", user.home, "--", "/bin/ls", "-A", "\(user.state)/")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}
