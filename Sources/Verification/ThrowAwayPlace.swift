internal import Glibc

/// A home, a workspace, a state and things that are nobody's business inside; gone with their owner.
final class ThrowAwayPlace: Sendable {
  let root: String
  /// Stands in every secret.
  let mark: String
  /// A credential that a detector knows and that opens nothing.
  let credential: String
  /// Held as long as the place is used.
  private let lock: CInt

  var workspace: String { "\(root)/work" }
  var home: String { "\(root)/home" }
  var outside: String { "\(root)/outside" }
  var state: String { "\(outside)/state" }

  /// - Throws: ``VerificationError`` with `.place`.
  init() throws(VerificationError) {
    Leftovers.remove()
    (root, lock) = try Self.made()
    mark = "sallyport-verify-" + Self.letters(24)
    credential = Self.credential()
    for directory in [workspace, home, outside] { mkdir(directory, 0o700) }
    try fill()
  }

  deinit {
    FileTree.remove(root)
    close(lock)
  }

  private static func made() throws(VerificationError) -> (String, CInt) {
    // Another verification may take one that is not locked yet for left over.
    for _ in 0..<VerificationLimits.placeAttempts {
      var template = Array("\(Leftovers.parent)/\(Leftovers.prefix)XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else { break }
      guard let made = realpath(template, nil) else { continue }
      defer { free(made) }
      let root = String(cString: made)
      if let lock = Leftovers.claim(root) { return (root, lock) }
    }
    throw VerificationError(
      .place, "no directory can be made in \(Leftovers.parent): \(String(cString: strerror(errno))).")
  }

  private func fill() throws(VerificationError) {
    let secrets = [
      "\(home)/.ssh/id_ed25519", "\(home)/.aws/credentials", "\(home)/.config/gcloud/credentials.db",
      "\(home)/.mozilla/firefox/logins.json", "\(home)/.env", "\(home)/.claude/telemetry/unsent", "\(outside)/secret",
      "\(outside)/repository/secret", "\(outside)/repository/.git/config",
      "\(outside)/repository/.git/modules/part/config",
    ]
    for path in secrets { try FileTree.write("\(mark)\n", to: path) }
    // As an earlier agent may have left it: the repository does not say that the workspace is its own.
    let repository = "\(outside)/repository/.git"
    try FileTree.write("gitdir: \(repository)\n", to: "\(workspace)/.git")
    try FileTree.write("gitdir: \(repository)/modules/part\n", to: "\(workspace)/part/.git")
    for hooks in ["\(repository)/hooks", "\(repository)/modules/part/hooks"] { mkdir(hooks, 0o700) }
    for folder in ["hooks", "objects", "refs"] { try FileTree.write("", to: "\(workspace)/kept/.git/\(folder)/none") }
    try FileTree.write("ref: refs/heads/main\n", to: "\(workspace)/kept/.git/HEAD")
    try FileTree.write("[core]\n\tbare = false\n", to: "\(workspace)/kept/.git/config")
    try FileTree.write("# Nothing of yours: `sallyport verify` made it.\n", to: "\(workspace)/README")
    try writePolicy()
  }

  /// The file stays the same one, so that whoever has it open reads the change.
  ///
  /// - Parameter lets: destinations that are let through beside the scripted ones.
  func writePolicy(lets: String = "nobody.invalid") throws(VerificationError) {
    try FileTree.write(Self.policy(lets), to: "\(workspace)/sallyport.yaml")
  }

  /// Lets the scripted destinations through, and near addresses too, so that it is not policy that keeps those closed.
  private static func policy(_ more: String) -> String {
    """
    version: 1
    posture: control
    rules:
      - name: the scripted destination
        when: {destination: [one.test, two.test]}
        then: allow
      - name: one repository of the forge
        when: {destination: forge.test, path: "/mine/**"}
        then: allow
      - name: the model and nothing else of its vendor
        when: {destination: api.anthropic.com, purpose: model}
        then: allow
      - name: what comes too late
        when: {destination: \(more)}
        then: allow
      - name: near addresses, which their kind alone keeps closed
        when:
          destination: [localhost, 127.0.0.0/8, "::1", 0.0.0.0, 10.0.0.0/8, 169.254.0.0/16]
        then: allow
      - name: nobody else
        then: block

    """
  }

  private static func letters(_ count: Int) -> String {
    let all = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    return String((0..<count).map { _ in all[Int.random(in: 0..<all.count)] })
  }

  /// In the form of a token of GitLab's.
  private static func credential() -> String {
    let all = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    return "glpat-" + String((0..<20).map { _ in all[Int.random(in: 0..<all.count)] })
  }
}
