/// The postures' own rules: policies like any other, so that a decision can name the line it rests on.
package enum BuiltInPosture {
  package static func file(of posture: Posture) -> String { "built-in:\(posture.rawValue)" }

  /// The text that the lines of a ``RuleReference`` to a built-in posture count in.
  package static func text(of posture: Posture) -> String {
    let routes: String
    switch posture {
    case .ban: routes = banRoutes
    case .control: routes = controlRoutes
    case .partner: routes = partnerRoutes
    case .internal: routes = internalRoutes
    }
    return "version: 1\nposture: \(posture.rawValue)\nrules:\n" + findings + routes
  }

  static func rules(of posture: Posture) -> [PolicyRule] {
    switch posture {
    case .ban: banRules
    case .control: controlRules
    case .partner: partnerRules
    case .internal: internalRules
    }
  }

  private static let banRules = read(.ban)
  private static let controlRules = read(.control)
  private static let partnerRules = read(.partner)
  private static let internalRules = read(.internal)

  /// A text of ours that did not parse would give no rules, and so nothing that leaves; a test parses them all.
  private static func read(_ posture: Posture) -> [PolicyRule] {
    guard case .success(let contents) = PolicyDocument.contents(text(of: posture), file: file(of: posture))
    else { return [] }
    return contents.rules
  }

  /// What may be inside a message, whatever the posture.
  private static let findings = """
      - name: sign-in headers
        when:
          purpose: [model, auth, config, registry]
          class: credential
          found-in: ["header:authorization", "header:*-api-key", "header:api-key", "header:cookie"]
        then: allow
        because: A key in its own header, sent to a known service, signs the tool in.
      - name: sign-in headers to granted destinations
        when:
          destination-is: granted
          class: credential
          found-in: ["header:authorization", "header:*-api-key", "header:api-key", "header:cookie"]
        then: allow
      - name: signing in
        when: {purpose: auth, vendor: own, class: [credential, personal]}
        then: report
        because: Signing in exchanges tokens and addresses with the tool's own vendor.
      - name: planted canaries
        when: {class: canary, detector: planted-canary}
        then: block
        because: What was planted to be noticed leaves for no purpose; see sallyport canary list.
      - name: secrets in a prompt
        when: {purpose: model, class: [credential, canary], grade: redact}
        then: redact
        because: A model needs no working secret; it is cut out before the prompt leaves.
      - name: secrets
        when: {class: [credential, canary], grade: block}
        then: block
        because: A working secret leaves for no purpose.
      - name: what cannot be read
        when: {class: opaque}
        then: block
        because: Bytes that could not be decoded could not be looked into.
      - name: private matters to granted destinations
        when: {destination-is: granted, class: [personal, financial, proprietary]}
        then: report
      - name: anything private to strangers
        when:
          purpose: [unknown, web, telemetry, flags, update]
          class: [credential, canary, personal, financial, proprietary]
          grade: redact
        then: block
        because: Nothing private goes where it has no business.
      - name: likely secrets
        when: {class: [credential, canary], grade: redact}
        then: redact
      - name: anything else that was found
        when: {class: [credential, personal, financial, proprietary, canary, hidden-text, injection]}
        then: report

    """

  /// What every posture refuses before it looks at purposes.
  private static let evasions = """
      - name: names asked of the resolver
        when: {protocol: dns}
        then: allow
        because: Names are answered inside the sandbox; nothing leaves.
      - name: granted destinations
        when: {destination-is: granted}
        then: report
      - name: resolvers over HTTPS
        when: {endpoint: "dns-over-https/*"}
        then: block
        because: A resolver of its own would hide from us which names the tool asks for.
      - name: places to leave things
        when: {endpoint: ["paste/*", "webhook/*"]}
        then: block
        because: Paste sites, request catchers and tunnels take whatever is left there.
      - name: pushes and publications
        when: {endpoint: ["*/git-push*", "*/publish*", "*/gists"]}
        then: block
        because: What is pushed or published is decided by a person.
      - name: streams of no known protocol
        when: {protocol: bytes}
        then: block
        because: A stream that is not HTTP can carry anything.
      - name: addresses without a name
        when: {destination-is: literal}
        then: block
        because: An address says nothing about who answers.

    """

  private static let nonessential = """
      - name: telemetry
        when: {purpose: telemetry}
        then: block
        because: The tool works without reporting on its user.
      - name: remote flags
        when: {purpose: flags}
        then: block
        because: The vendor could change what the tool does while it runs.
      - name: updates
        when: {purpose: update}
        then: block
        because: A tool does not change under our feet during a run; update it outside.

    """

  private static let controlRoutes =
    evasions + nonessential + """
        - name: the tool's own model
          when: {purpose: model, vendor: own}
          then: allow
        - name: another known model
          when: {purpose: model}
          then: report
        - name: sign-in, settings and packages
          when: {purpose: [auth, config, registry]}
          then: report
        - name: web pages
          when: {purpose: web, method: [GET, HEAD, OPTIONS], bytes: "0"}
          then: report
        - name: uploads to web sites
          when: {purpose: web}
          then: block
          because: Pages are read; what is sent to a site is decided by a person.
        - name: long addresses on unknown sites
          when: {purpose: unknown, target: ">2KiB"}
          then: block
          because: An address this long can carry a file out.
        - name: long fields on unknown sites
          when: {purpose: unknown, fields: ">4KiB"}
          then: block
          because: Fields this long can carry a file out.
        - name: many questions to one unknown site
          when: {purpose: unknown, sent: ">256KiB"}
          then: block
          because: What is too long for one request can be cut into many.
        - name: pages on unknown sites
          when: {purpose: unknown, protocol: [http/1.1, h2], method: [GET, HEAD, OPTIONS], bytes: "0"}
          then: report
        - name: uploads to unknown sites
          then: block
          because: Nobody has described this destination, and something is sent to it.

      """

  private static let partnerRoutes =
    evasions + nonessential + """
        - name: models that are not listed
          when: {purpose: model}
          then: block
          because: Only the models that the policy lists may be used.
        - name: uploads to web sites
          when: {purpose: [web, unknown], bytes: ">0"}
          then: block
          because: Something would be sent to a site that the policy does not list.
        - name: long addresses on unknown sites
          when: {purpose: unknown, target: ">2KiB"}
          then: block
          because: An address this long can carry a file out.
        - name: long fields on unknown sites
          when: {purpose: unknown, fields: ">4KiB"}
          then: block
          because: Fields this long can carry a file out.
        - name: many questions to one unknown site
          when: {purpose: unknown, sent: ">256KiB"}
          then: block
          because: What is too long for one request can be cut into many.
        - name: everything else
          then: ask
          because: What the policy does not list is decided by a person.

      """

  private static let internalRoutes =
    evasions + """
        - name: everything outside
          then: block
          because: Only models on granted private addresses may be used; see private-addresses.

      """

  private static let banRoutes = """
      - name: names asked of the resolver
        when: {protocol: dns}
        then: allow
        because: Names are answered inside the sandbox; nothing leaves.
      - name: AI tools are not approved
        then: block
        because: This organisation has not approved AI tools; ask for an exception before you go on.

    """
}
