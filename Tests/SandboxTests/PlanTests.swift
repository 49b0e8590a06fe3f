internal import Glibc
internal import Sandbox
internal import Testing

@Suite struct PlanTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let place: String
    let change: @Sendable (inout SandboxPlan, Inmate) -> Void
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "a workspace that is not there", place: "/nowhere") { plan, _ in plan.workspace = "/nowhere" },
    Case(name: "the home directory as workspace", place: "home") { plan, inmate in plan.workspace = inmate.home },
    Case(name: "a parent of the home directory as workspace", place: "") { plan, inmate in
      plan.workspace = inmate.root
    },
    Case(name: "the system as workspace", place: "/usr/lib") { plan, _ in plan.workspace = "/usr/lib" },
    Case(name: "the whole file system granted", place: "/") { plan, _ in plan.reads = ["/"] },
    Case(name: "the host's sockets granted", place: "/run") { plan, _ in plan.reads = ["/run"] },
    Case(name: "all of /etc granted", place: "/etc") { plan, _ in plan.reads = ["/etc"] },
    Case(name: "the system granted for writing", place: "/usr/share") { plan, _ in plan.writes = ["/usr/share"] },
    Case(name: "a relative grant", place: "notes") { plan, _ in plan.reads = ["notes"] },
    Case(name: "a grant that is not there", place: "/nowhere") { plan, _ in plan.reads = ["/nowhere"] },
    Case(name: "a working directory that is not there", place: "/nowhere") { plan, _ in
      plan.workingDirectory = "/nowhere"
    },
    Case(name: "a certificate bundle that is not there", place: "/nowhere") { plan, _ in plan.caBundle = "/nowhere" },
    Case(name: "the home directory as scratch", place: "home") { plan, inmate in plan.scratch = [inmate.home] },
    Case(name: "the workspace's parent as scratch", place: "") { plan, inmate in plan.scratch = [inmate.root] },
    Case(name: "the system as scratch", place: "/usr/lib/x") { plan, _ in plan.scratch = ["/usr/lib/x"] },
    Case(name: "a helper that is not there", place: "/nowhere") { plan, _ in plan.helper = "/nowhere" },
  ]

  @Test("what cannot be is refused before anything starts, with its place and a remedy", arguments: cases)
  func refuses(_ one: Case) async throws {
    let inmate = try Inmate()
    var plan = inmate.plan("true")
    one.change(&plan, inmate)
    let error = await inmate.refusal(of: plan)
    #expect(error?.code == .badPlan)
    #expect(error?.place.hasSuffix(one.place) == true)
    #expect(error?.remedy.isEmpty == false)
  }

  @Test("a workspace in a credential store is refused")
  func credentialStore() async throws {
    let inmate = try Inmate()
    mkdir(inmate.home + "/.aws", 0o755)
    var plan = inmate.plan("true")
    plan.workspace = inmate.home + "/.aws"
    #expect(await inmate.refusal(of: plan)?.code == .badPlan)
  }

  @Test("a missing bubblewrap is named with the command that installs it")
  func missingBubblewrap() async throws {
    let inmate = try Inmate()
    var plan = inmate.plan("true")
    plan.bubblewrap = "/nowhere/bwrap"
    let error = await inmate.refusal(of: plan)
    #expect(error?.code == .layerUnavailable)
    #expect(error?.remedy.contains("bubblewrap") == true)
  }

  @Test("a bubblewrap that fails has its own words in the error")
  func failingBubblewrap() async throws {
    let inmate = try Inmate()
    try inmate.write("#!/bin/sh\necho 'no can do' >&2\nexit 3\n", to: inmate.home + "/bwrap")
    chmod(inmate.home + "/bwrap", 0o755)
    var plan = inmate.plan("true")
    plan.bubblewrap = inmate.home + "/bwrap"
    let error = await inmate.refusal(of: plan)
    #expect(error?.code == .layerUnavailable)
    #expect(error?.sentence.contains("no can do") == true)
  }

  @Test("a program that is not inside is named as such", arguments: ["/nowhere/agent", "agent-that-is-not-there"])
  func missingProgram(_ program: String) async throws {
    let inmate = try Inmate()
    var plan = inmate.plan("true")
    plan.program = program
    let error = await inmate.refusal(of: plan)
    #expect(error?.code == .programNotStarted)
    #expect(error?.place == program)
  }
}
