internal import Confinement
internal import Glibc
internal import Sandbox
internal import Testing

@Suite struct OverlayTests {
  @Test("with an overlay the agent sees its changes and the workspace keeps what it had")
  func copyOnWrite() async throws {
    for isOverlaid in [true, false] {
      let inmate = try Inmate()
      try inmate.write("old\n", to: inmate.workspace + "/a:b,c\\d")
      try inmate.write("gone\n", to: inmate.workspace + "/gone")
      var plan = inmate.plan(
        "echo new > 'a:b,c\\d'; rm gone; mkdir d; echo x > d/x; cat 'a:b,c\\d' d/x; ls; grep -c '\(inmate.root)/up'"
          + " /proc/self/mountinfo")
      if isOverlaid { plan.overlay = try overlay(inmate) }
      let (_, output, run) = try await inmate.run(plan)
      #expect(output == "new\nx\na:b,c\\d\nd\n0\n")
      #expect(run.attestation.contains { $0.layer == .overlay } == isOverlaid)
      #expect((access(inmate.workspace + "/gone", F_OK) == 0) == isOverlaid)
      #expect((access(inmate.workspace + "/d", F_OK) != 0) == isOverlaid)
    }
  }

  @Test("a workspace whose path has the overlay's own separators can be overlaid")
  func oddPath() async throws {
    let inmate = try Inmate()
    let workspace = inmate.workspace + "/a:b,c"
    mkdir(workspace, 0o755)
    var plan = inmate.plan("echo x > f; cat f")
    plan.workspace = workspace
    plan.overlay = try overlay(inmate)
    #expect(try await inmate.run(plan).output == "x\n")
    #expect(access(workspace + "/f", F_OK) != 0)
  }

  @Test("protected places are protected in an overlay too")
  func guarded() async throws {
    let inmate = try Inmate()
    mkdir(inmate.workspace + "/.git", 0o755)
    try inmate.write("own\n", to: inmate.workspace + "/.git/config")
    var plan = inmate.plan(
      "exec 2>/dev/null; echo x > .git/config || echo kept; cat .git/config; mv .git g || echo held")
    plan.guarded = [.init(inmate.workspace, pinned: [".git/config"])]
    plan.overlay = try overlay(inmate)
    #expect(try await inmate.run(plan).output == "kept\nown\nheld\n")
  }

  @Test("where the layer cannot be mounted the run is refused and says what to do")
  func refusal() async throws {
    let inmate = try Inmate()
    var plan = inmate.plan("echo ran > ran")
    plan.overlay = .init(upper: inmate.root + "/missing", work: inmate.root + "/missing")
    let refusal = await inmate.refusal(of: plan)
    #expect(refusal?.place == "overlay")
    #expect(refusal?.remedy.contains("SALLYPORT_HOME") == true)
    #expect(access(inmate.workspace + "/ran", F_OK) != 0)
  }

  private func overlay(_ inmate: Inmate) throws -> SandboxPlan.Overlay {
    let overlay = SandboxPlan.Overlay(upper: inmate.root + "/up", work: inmate.root + "/wk")
    for directory in [overlay.upper, overlay.work] { mkdir(directory, 0o700) }
    return overlay
  }
}
