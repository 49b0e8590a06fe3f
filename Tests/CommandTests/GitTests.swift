internal import Testing

@Suite(
  "Git in a workspace that is a part of a repository", .enabled(if: BuiltProgram.isBuilt, "\(BuiltProgram.absence)"))
struct GitTests {
  private static let git = "git -c user.name=n -c user.email=e"

  /// A repository in the project with a directory `sub` and a file beside it.
  private func repository() throws -> User {
    let user = try User()
    let outcome = try user.shell(
      "git init -q . && mkdir sub other && echo 1 > sub/a && echo 2 > other/b && git add . && \(Self.git) commit -qm one"
    )
    #expect(outcome.code == 0, "\(outcome.errors)")
    return user
  }

  private func run(_ user: User, in directory: String, _ script: String) throws -> User.Outcome {
    try user.write(script, to: "../script.sh")
    return try user.shell("cd \(directory) && \"$SALLYPORT\" run -q -- /bin/sh -c \"$(cat \(user.root)/script.sh)\"")
  }

  @Test("in a subdirectory the whole tree is seen, and commits are made")
  func subdirectory() throws {
    let user = try repository()
    let outcome = try run(
      user, in: "sub",
      "git status --short; echo 3 > a; git add a; \(Self.git) commit -qm two; git log --oneline | wc -l")
    #expect(outcome.output == "2\n", "\(outcome.errors)")
    #expect(try user.shell("git status --short; git log --format=%s").output == "two\none\n")
  }

  @Test("beside the workspace nothing can be changed, and nothing that starts programs")
  func protected() throws {
    let user = try repository()
    let outcome = try run(
      user, in: "sub",
      """
      for place in ../other/b ../new ../.git/hooks/pre-commit ../.git/config; do
        (echo x >> $place) 2>/dev/null && echo wrote $place
      done
      mv ../.git/hooks ../.git/h 2>/dev/null && echo moved hooks
      mv ../.git ../g 2>/dev/null && echo moved
      git config core.hooksPath /tmp 2>/dev/null && echo configured
      true
      """)
    #expect(outcome.output == "", "\(outcome.errors)")
    #expect(try user.shell("git status --short; git config core.hooksPath").output == "")
  }

  @Test("a linked worktree works, and its repository's hooks are safe")
  func worktree() throws {
    let user = try repository()
    #expect(try user.shell("git worktree add -q ../tree").code == 0)
    let outcome = try run(
      user, in: "../tree",
      """
      git status --short; echo 3 > sub/a; git add sub/a; \(Self.git) commit -qm two; git log --oneline | wc -l
      for place in .git ../project/.git/hooks/x ../project/.git/config ../project/.git/worktrees/tree/commondir; do
        (echo x >> $place) 2>/dev/null && echo wrote $place
      done
      ls ../project
      """)
    #expect(outcome.output.hasPrefix("2\n"))
    #expect(!outcome.output.contains("wrote"))
    // Of the other working tree nothing is there but the repository.
    #expect(!outcome.output.contains("sub") && !outcome.output.contains("other"))
    #expect(try user.shell("git -C ../tree log --format=%s").output == "two\none\n")
  }

  @Test("a file that points to somebody else's repository opens nothing")
  func forged() throws {
    let user = try repository()
    let outcome = try user.shell(
      """
      mkdir -p ../victim ../forger && git init -q ../victim && echo secret > ../victim/.git/secret
      echo "gitdir: ../victim/.git" > ../forger/.git
      """)
    #expect(outcome.code == 0)
    for text in ["../victim/.git", "inner"] {
      try user.write("gitdir: \(text)\n", to: "../forger/.git")
      #expect(
        try user.shell(
          """
          mkdir -p ../forger/inner && echo ../../victim/.git > ../forger/inner/commondir
          echo ../.git > ../forger/inner/gitdir
          """
        ).code == 0)
      #expect(try run(user, in: "../forger", "cat ../victim/.git/secret 2>/dev/null; true").output == "")
    }
  }

  @Test("a home that is itself a repository is not shown")
  func homeRepository() throws {
    let user = try User()
    #expect(
      try user.shell("git init -q \"$HOME\" && mkdir \"$HOME/work\" && echo private > \"$HOME/diary\"").code == 0)
    #expect(try run(user, in: "\"$HOME/work\"", "cat ../diary 2>/dev/null; true").output == "")
  }
}
