internal import Testing

@Suite("The standard streams of a run", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct StandardStreamTests {
  /// Writes what every descriptor of the agent's is into the project; the directory that is listed is not there any
  /// more when its name is asked.
  private static let listing = """
    import os
    there = "/proc/self/fd/"
    names = sorted(os.listdir(there), key=int)
    links = [name + " " + os.readlink(there + name) for name in names if os.path.lexists(there + name)]
    open("descriptors", "w").write("\\n".join(links))
    """

  @Test(
    "a stream that was closed is /dev/null inside, and never a descriptor of ours",
    arguments: ["<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
  func closed(redirections: String) throws {
    let user = try User()
    try user.write(Self.listing, to: "list.py")
    let outcome = try user.shell("\"$SALLYPORT\" run -q -- /usr/bin/python3 list.py \(redirections)")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let lines = try TextFile.read("\(user.project)/descriptors").split(separator: "\n").map(String.init)
    #expect(lines.map { $0.prefix { $0 != " " } } == ["0", "1", "2"])
    if redirections.contains("<&-") { #expect(lines[0] == "0 /dev/null") }
    #expect(!lines.contains { $0.contains("anon_inode") || $0.contains("socket:") })
  }

  @Test("a directory as a stream would lead around the walls, and starts nothing")
  func directory() throws {
    let user = try User()
    let outcome = try user.shell("\"$SALLYPORT\" run -q -- /bin/echo started < /")
    #expect(outcome.code == 64, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("standard input"))
  }
}
