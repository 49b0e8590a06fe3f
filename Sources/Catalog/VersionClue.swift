/// One place where an agent's release can be read without running it.
package struct VersionClue: Sendable, Hashable {
  package let way: Way
  package let source: FactSource

  package enum Way: Sendable, Hashable {
    /// The Python distribution that the program comes with (PEP 566, PEP 627).
    case python(distribution: String)
    /// The npm package that the program lies in.
    case npm(package: String)
    /// A directory or file of the installation that bears its release's name.
    case path(VersionPattern)
    /// A product of the `User-Agent`: the client's own claim.
    case userAgent(VersionPattern)
  }
}
