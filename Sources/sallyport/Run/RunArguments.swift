internal import ArgumentParser
internal import Run

/// What a run is told on its command line, whether policy is enforced in it or only told of.
struct RunArguments: ParsableArguments {
  @Option(name: .long, help: .init("Read the policy from this file.", valueName: "file"))
  var policy: String?

  @Option(name: .long, help: .init("Take the agent for this one of the catalogue.", valueName: "id"))
  var agent: String?

  @Option(name: .long, help: .init("Add catalogue files from this directory; may be repeated.", valueName: "dir"))
  var catalog: [String] = []

  @Option(
    name: .long, help: .init("Write report.json, report.html and findings.sarif into this directory.", valueName: "dir")
  )
  var report: String?

  @Option(
    name: .long,
    help: .init(
      "Write the report as one line of JSON to this file, to - for standard output behind the agent's own, or to a descriptor that you opened, as /dev/fd/3.",
      valueName: "file"))
  var json: String?

  @Flag(name: .shortAndLong, help: "Print no summary.")
  var quiet = false

  @Option(name: .long, help: .init("Let the agent read this file or directory; may be repeated.", valueName: "path"))
  var read: [String] = []

  @Option(name: .long, help: .init("Let the agent write this file or directory; may be repeated.", valueName: "path"))
  var write: [String] = []

  @Option(name: .long, help: .init("Pass this environment variable on, or set it.", valueName: "NAME[=VALUE]"))
  var env: [String] = []

  @Option(
    name: .long,
    help: .init(
      "Keep this variable's value out of the sandbox and put it in on the wire to this host only.",
      valueName: "NAME@HOST"))
  var secret: [String] = []

  @Option(
    name: .long,
    help: .init(
      "Connect elsewhere for a host, as curl does; ADDR may be a Unix socket's path. Grants that address.",
      valueName: "HOST:PORT:ADDR:PORT"))
  var connectTo: [String] = []

  @Option(
    name: .long, help: .init("Trust these authorities upstream as well (PEM); may be repeated.", valueName: "file"))
  var upstreamCa: [String] = []

  @Option(name: .long, help: .init("Allow connections to this private address or range.", valueName: "cidr"))
  var grantAddress: [String] = []

  @Flag(
    inversion: .prefixedNo,
    help: "Set HTTPS_PROXY and its like inside; without them connections are captured all the same.")
  var proxyEnvironment = true

  @Flag(inversion: .prefixedNo, help: "Observe which programs the agent starts and which files it opens.")
  var observe = true

  @Flag(
    name: .long,
    help: "Let the agent make sandboxes of its own; the kernel then cannot add Landlock's file rules to ours.")
  var allowNestedSandboxes = false

  @Flag(
    name: .long,
    help: "Leave the workspace as it is: what the agent changes waits to be looked at and applied (sallyport changes).")
  var overlay = false

  @OptionGroup var colour: ColourOption

  @Argument(
    parsing: .postTerminator,
    help: .init("The agent's command, behind two dashes, as in: -- claude", valueName: "command"))
  var command: [String]

  var options: RunOptions {
    RunOptions(
      command: command, policyFile: policy, agentID: agent, catalogDirectories: catalog, reportDirectory: report,
      jsonPlace: json,
      reads: read, writes: write, environment: env, secrets: secret, connectTo: connectTo,
      upstreamAuthorities: upstreamCa, grantedAddresses: grantAddress, setsProxyVariables: proxyEnvironment,
      observes: observe, overlays: overlay, allowsNestedSandboxes: allowNestedSandboxes, colour: colour.choice)
  }

  /// Runs the agent to its end and tells what there is to tell.
  ///
  /// - Parameter finish: called between the summary and what went wrong.
  /// - Returns: how the command ends.
  func end(_ options: RunOptions, finish: (EndedRun) throws -> Void = { _ in }) async throws -> ExitCode {
    let ended: EndedRun
    do {
      ended = try await RunSession.run(options)
    } catch {
      throw Exit(error).end(error.description)
    }
    if !quiet { Message.note(ended.summaryText) }
    try finish(ended)
    if let notice = ended.notice { Message.error(notice) }
    if let problem = ended.problem { return Exit(problem).end(problem.description) }
    return ExitCode(ended.exitStatus)
  }
}
