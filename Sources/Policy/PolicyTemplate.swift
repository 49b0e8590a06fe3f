/// The text of a new `sallyport.yaml`, with a comment for what a newcomer would ask.
package enum PolicyTemplate {
  /// - Parameter schema: a path or URL of the published JSON Schema, from which editors complete and check the file;
  ///   `nil` to name none.
  /// - Returns: a policy that parses without problems.
  package static func text(for posture: Posture, schema: String? = nil) -> String {
    let modeline = schema.map { "# yaml-language-server: $schema=\($0.filter { !$0.isNewline })\n#\n" } ?? ""
    return modeline + """
      # What AI tools may send from here. Of each kind of rule (where to, what is found, which files)
      # the first that applies answers, and the strictest of these counts; after the last one,
      # the posture's own rules do. `sallyport policy check` reads this file, `sallyport policy explain`
      # shows which rule answers for a request and why.
      version: 1

      # \(summary(of: posture))
      posture: \(posture.rawValue)

      \(rules(for: posture))
      \(settings)
      """
  }

  private static func summary(of posture: Posture) -> String {
    switch posture {
    case .ban: "No AI tool may send anything; each refusal says so."
    case .control: "The tool's own model is allowed; telemetry, remote flags and updates are not; the rest is shown."
    case .partner: "Only the models listed below; a person is asked about everything else."
    case .internal: "Only models on the private addresses granted below."
    }
  }

  private static func rules(for posture: Posture) -> String {
    let example =
      switch posture {
      case .ban:
        """
        # - name: the pilot group's model
        #   when: {agent: claude-code, purpose: [model, auth], place: {workspace: "~/pilot/**"}}
        #   then: allow
        #   because: Approved for the pilot.
        """
      case .control:
        """
        # - name: pushing to our own forge
        #   when: {destination: git.example.com, endpoint: "*/git-push*"}
        #   then: allow
        # - name: no other vendor's model
        #   when: {purpose: model, vendor: [openai, google]}
        #   then: block
        #   because: We have a contract with one vendor.
        """
      case .partner:
        """
        # - name: the model we have a contract for
        #   when: {purpose: model, vendor: mistral}
        #   then: allow
        # - name: signing in to it
        #   when: {purpose: [auth, config], vendor: mistral}
        #   then: report
        """
      case .internal:
        """
        # - name: no long prompts, even at home
        #   when: {destination: llm.example.internal, bytes: ">10MB"}
        #   then: block
        """
      }
    return "rules:\n" + (example + "\n" + files).split(separator: "\n").map { "  " + $0 }.joined(separator: "\n") + "\n"
  }

  private static let files = """
    # - name: keys and what the security team owns stay here
    #   when: {paths: ["secrets/**", "*.pem"]}     # or owners: "@example/security-team", by CODEOWNERS
    #   then: block
    """

  private static let settings = """
    # Private addresses that may be connected to: a local model, an internal registry.
    private-addresses:
    #  - llm.example.internal
    #  - 10.20.0.0/16

    # Hosts left unintercepted. Their bytes are counted, not seen, and shown as uninspected.
    uninspected:
    #  - hosts: [updates.example.com]
    #    because: Its certificate is pinned.

    # Files outside the workspace that the agent may see.
    files:
      read:
      write:

    # Secrets whose real value is put on the wire, for these hosts only; the agent sees a placeholder.
    secrets:
    #  - {name: EXAMPLE_TOKEN, hosts: [api.example.com]}

    # How long a question waits for an answer; silence is no.
    ask-timeout: 60s

    # process: evidence outlives the program. disk: it outlives a power cut, at the cost of a flush per request.
    durability: process

    # Whether the ledger names the files that left by their paths (plain) or by salted commitments (committed).
    ledger: {paths: plain}

    # What a rule redacts is put back into the destination's answers (false: never), and kept sealed that long.
    redaction: {restore: true, keep: 24h}

    # Own code that was indexed (sallyport index) and is looked for: elsewhere (not the workspace's own), everywhere, nowhere.
    own-code: elsewhere

    """
}
