internal import Catalog
internal import Documents
internal import Evidence
internal import Policy
internal import Presentation

/// Where the policy that an observed run proposes goes, made ready before the agent starts.
struct ProposalPlace {
  private let options: ProposalOptions
  private let settings: RunSettings
  private let file: (directory: OutputDirectory, name: String)?
  /// Of the policy file as it is now; `nil` for a built-in posture.
  private let policyText: String?

  /// - Returns: `nil` for a run in which policy is enforced.
  /// - Throws: ``RunError`` that names the option.
  init?(_ settings: RunSettings) throws(RunError) {
    guard let options = settings.options.proposal else { return nil }
    self.options = options
    self.settings = settings
    file = try options.output.map { place throws(RunError) in try Self.file(place, options, settings) }
    policyText = settings.policy.file.hasPrefix("built-in:") ? nil : try Self.text(of: settings.policy.file)
  }

  private static func file(
    _ place: String, _ options: ProposalOptions, _ settings: RunSettings
  ) throws(RunError) -> (OutputDirectory, String) {
    let path = FilePaths.absolute(place)
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    guard !place.isEmpty, !["", ".", ".."].contains(name) else {
      throw RunError(.usage, at: "--output", "'\(place)' names no file.", remedy: "Name a file.")
    }
    guard !FilePaths.exists(path) || (options.replaces && FilePaths.isRegularFile(path)) else {
      throw RunError(
        .state, at: place, "is there already.",
        remedy: options.replaces ? "Name a regular file." : "Use --force to write over it, or name another.")
    }
    let directory = FilePaths.parent(path)
    guard FilePaths.isDirectory(directory) else {
      throw RunError(
        .state, at: place, "its directory is not there.", remedy: "Make it, or name another with --output.")
    }
    return (try OutputDirectory(directory, option: "--output", changeable: settings.grants.changeable), name)
  }

  private static func text(of file: String) throws(RunError) -> String {
    do throws(FileProblem) {
      return try RegularFile.text(file, limit: DocumentLimits.bytes)
    } catch {
      throw RunError(.configuration, at: file, "\(error.sentence).")
    }
  }

  /// Proposes a policy for what was seen, and puts it where it was asked for.
  func propose(after record: RunRecord) -> Proposed {
    let knowledge = settings.knowledge
    let place = Question.Place(workspace: settings.workspace, hostname: HostName.current, home: settings.home)
    let proposal = PolicyProposal(
      ObservedRun(
        exchanges: record.exchanges, agent: record.agent, policy: settings.policy, policyText: policyText,
        place: place
      ) { exchange in
        knowledge.recognise(
          RequestFacts(
            host: exchange.destination.host, port: exchange.destination.port, method: exchange.method,
            path: exchange.path, contentType: nil, upgrade: nil, bodyPrefix: []), by: exchange.agent.id
        ).isOwnVendor
      })
    let text =
      options.isDiff ? UnifiedDiff.text(from: policyText, to: proposal.text, name: policyName) : proposal.text
    guard let file else { return Proposed(printed: text, sentence: Self.sentence(proposal), problem: nil) }
    do throws(RunError) {
      let path = try file.directory.write(Array(text.utf8), as: file.name)
      return Proposed(printed: nil, sentence: Self.sentence(proposal, in: path), problem: nil)
    } catch {
      return Proposed(printed: text, sentence: Self.sentence(proposal), problem: error)
    }
  }

  /// As seen from the workspace, where a diff is applied.
  private var policyName: String {
    guard policyText != nil else { return "sallyport.yaml" }
    let path = FilePaths.canonical(settings.policy.file) ?? settings.policy.file
    guard FilePaths.isWithin(path, settings.workspace) else { return path }
    return String(path.dropFirst(settings.workspace.count + 1))
  }

  private static func sentence(_ proposal: PolicyProposal, in path: String? = nil) -> String {
    let rules = "\(proposal.rules) rule\(proposal.rules == 1 ? "" : "s")"
    let more = proposal.commentedRules > 0 ? ", and \(proposal.commentedRules) as comments" : ""
    return "sallyport: proposed\(path.map { " in \($0)" } ?? ""): \(rules)\(more). Read it before you use it."
  }
}
