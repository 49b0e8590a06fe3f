internal import Glibc
internal import Testing

@testable internal import Run

@Suite("Git's index") struct GitIndexTests {
  private let place: Place

  init() throws {
    place = try Place()
    try #require(system("git --version >/dev/null") == 0, "git is not installed")
  }

  /// The index of a repository after these commands.
  private func index(_ commands: String, options: String = "") throws -> [UInt8] {
    let script = """
      set -e; cd '\(place.root)'; git init -q \(options) 2>/dev/null; git config user.name a; git config user.email a@b
      \(commands)
      """
    let file = try place.file("script", script)
    try #require(system("/bin/sh '\(file)' > /dev/null 2>&1") == 0, "\(commands)")
    let bytes = TreeRoot(place.root)?.bytes(TreePath(bytes: Array(".git/index".utf8)), limit: 1 << 20)
    return try #require(bytes)
  }

  private static let files = "mkdir -p d/e; for i in 1 2 3; do echo $i > d/e/file$i; echo $i > d/$i; done; git add -A d"

  @Test(
    "what git status writes anew is no difference, and what git add writes is one",
    arguments: ["2", "4"], ["", "--object-format=sha256"])
  func refreshed(version: String, options: String) throws {
    let first = try index("\(Self.files); git update-index --index-version \(version)", options: options)
    let again = try index("touch -d @1000000000 d/1 d/e/file2; git status", options: options)
    #expect(first != again)
    let known = try #require(GitIndex(first))
    #expect(GitIndex(again) == known)
    for change in [
      "echo x > d/1; git add d/1", "git update-index --chmod=+x d/2", "git rm -q --cached d/3",
      "git update-index --assume-unchanged d/e/file1", "git update-index --skip-worktree d/e/file2",
      "echo > new; git add -N new",
    ] {
      let changed = try index(change, options: options)
      let said = try #require(GitIndex(changed), "\(change)")
      #expect(said != known, "\(change)")
      _ = try index("git read-tree --empty; rm -f new; echo 1 > d/1; git add d", options: options)
      #expect(GitIndex(try index("git add d", options: options)) == known, "\(change)")
    }
  }

  @Test("the same entries are the same in every version of the format")
  func versions() throws {
    let second = try index(Self.files)
    let fourth = try index("git update-index --index-version 4")
    #expect(second[7] == 2 && fourth[7] == 4)
    #expect(GitIndex(second) != nil && GitIndex(second) == GitIndex(fourth))
  }

  @Test("a conflict's stages count")
  func stages() throws {
    let base = try index(
      "\(Self.files); git commit -qm 1; git checkout -qb x; echo x > d/1; git commit -qam 2; git checkout -q -; "
        + "echo y > d/1; git commit -qam 3")
    let merging = try index("git merge x || true")
    let said = try #require(GitIndex(merging))
    #expect(said != GitIndex(base))
  }

  @Test("an index without which parts of it elsewhere mean nothing is not read")
  func split() throws { #expect(GitIndex(try index("\(Self.files); git update-index --split-index")) == nil) }

  @Test("no bytes are too strange: cut off, changed, or claiming more than there is")
  func hostile() throws {
    for version in ["2", "4"] {
      let bytes = try index("\(Self.files); git update-index --index-version \(version)")
      for count in bytes.indices { #expect(GitIndex(Array(bytes[..<count])) == nil) }
      var generator = SeededGenerator(seed: 7)
      for _ in 0..<4_000 {
        var other = bytes
        for _ in 0..<3 {
          other[Int.random(in: 4..<other.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        _ = GitIndex(other)
      }
      var many = bytes
      many.replaceSubrange(8..<12, with: [255, 255, 255, 255])
      #expect(GitIndex(many) == nil)
    }
  }
}
