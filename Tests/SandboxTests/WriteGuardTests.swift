internal import Confinement
internal import Glibc
internal import Sandbox
internal import Testing

/// Each attempt is made twice: with the protection, and without, where it must succeed.
@Suite struct WriteGuardTests {
  /// Ways to change what is there, each leaving `evil` in `.git/config` or `.git/hooks/pre-commit`.
  static let onExisting = [
    "echo evil > .git/config",
    "echo evil > .git/hooks/pre-commit",
    "echo evil > new; mv new .git/config",
    "echo evil > new; ln -f new .git/config",
    "rm -f .git/config; echo evil > .git/config",
    "mkdir h; echo evil > h/pre-commit; rm -rf .git/hooks; mv h .git/hooks",
    "mkdir h; echo evil > h/pre-commit; rm -rf .git/hooks; ln -s ../h .git/hooks",
    "cp -a .git other; echo evil > other/config; mv .git away; mv other .git",
    "cd .git/hooks && echo evil > pre-commit",
    "ln -s .git/config l; echo evil > l",
    "ln .git/config l && echo evil > l",
    "mv .git/hooks h && echo evil > h/pre-commit && mv h .git/hooks",
  ]

  @Test("what is there cannot be changed in any of these ways, and could be without protection", arguments: onExisting)
  func existing(_ attempt: String) async throws {
    for isProtected in [true, false] {
      let inmate = try Inmate()
      for directory in ["/.git", "/.git/hooks"] { mkdir(inmate.workspace + directory, 0o755) }
      try inmate.write("own\n", to: inmate.workspace + "/.git/config")
      var plan = inmate.plan("(\(attempt)) 2>/dev/null; cd '\(inmate.workspace)'; echo own2 > .git/index; echo end")
      plan.observation = .files
      if isProtected { plan.guarded = [.init(inmate.workspace, pinned: [".git/hooks", ".git/config"])] }
      #expect(try await inmate.run(plan).output == "end\n")
      let found = text(inmate, ".git/config") + text(inmate, ".git/hooks/pre-commit")
      #expect(found.contains("evil") == !isProtected, "\(attempt): \(found)")
      if isProtected { #expect(text(inmate, ".git/index") == "own2\n", "the rest of the directory can be written") }
    }
  }

  /// Ways to make `.vscode/tasks.json`, which is not there.
  static let onMissing = [
    "mkdir .vscode && echo evil > .vscode/tasks.json",
    "mkdir .vscode && echo evil > n && mv n .vscode/tasks.json",
    "mkdir .vscode && echo evil > n && ln n .vscode/tasks.json",
    "mkdir .vscode && echo evil > n && ln -s ../n .vscode/tasks.json",
    "mkdir v && echo evil > v/tasks.json && mv v .vscode",
    "mkdir v && ln -s v .vscode && echo evil > .vscode/tasks.json && rm .vscode && mv v .vscode",
    "mkdir -p a/.vscode && cd a/.vscode && echo evil > tasks.json && cd .. && mv .vscode ..",
  ]

  @Test("what is not there cannot be made in earnest, and could be without protection", arguments: onMissing)
  func missing(_ attempt: String) async throws {
    for isProtected in [true, false] {
      let inmate = try Inmate()
      var plan = inmate.plan("(\(attempt)) 2>/dev/null || echo refused; echo x > free; cat free")
      plan.observation = isProtected ? .connections : .files
      if isProtected { plan.guarded = [.init(inmate.workspace, names: ["**/.vscode/tasks.json"])] }
      let output = try await inmate.run(plan).output
      #expect(output == (isProtected ? "refused\nx\n" : "x\n"), "\(attempt)")
      #expect((text(inmate, ".vscode/tasks.json") == "evil\n") == !isProtected, "\(attempt)")
      let refused = inmate.observations.contains { if case .refused = $0 { true } else { false } }
      #expect(refused == isProtected)
    }
  }

  @Test("git works as ever where its configuration and hooks are protected")
  func git() async throws {
    let inmate = try Inmate()
    var plan = inmate.plan(
      """
      set -e; exec 2>&1; export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
      git commit -q --allow-empty -m x; git checkout -q -b other; echo 1 > f; git add f; git commit -q -m y
      git checkout -q master; git merge -q other; git worktree add -q wt other~0 2>&1 --detach; git stash list
      git gc -q; git status --short --untracked-files=no; git log --oneline | wc -l
      git config core.fsmonitor evil || echo refused
      """)
    #expect(
      system(
        "cd '\(inmate.workspace)' && git init -q -b master && git -c user.name=a -c user.email=a@b commit -q"
          + " --allow-empty -m first") == 0)
    plan.observation = .files
    plan.guarded = [
      .init(
        inmate.workspace, pinned: [".git/hooks", ".git/config"], names: [".git/hooks", ".git/config", ".git/commondir"])
    ]
    let output = try await inmate.run(plan).output
    #expect(output.hasSuffix("refused\n"), "\(output)")
    #expect(output.contains("3\n"), "\(output)")
  }

  @Test("what is read-only or hidden beside a place that cannot be changed stays so")
  func beside() async throws {
    let inmate = try Inmate()
    for directory in ["/a", "/a/.git", "/a/ro"] { mkdir(inmate.workspace + directory, 0o755) }
    try inmate.write("own\n", to: inmate.workspace + "/a/.git/config")
    try inmate.write("secret\n", to: inmate.workspace + "/a/.env")
    var plan = inmate.plan(
      "exec 2>/dev/null; echo x > a/ro/f || echo kept; cat a/.env; echo x > a/.git/config || echo kept; echo y > a/f; cat a/f"
    )
    plan.reads.append(inmate.workspace + "/a/ro")
    plan.hiddenInWorkspace = ["a/.env"]
    plan.guarded = [.init(inmate.workspace, pinned: ["a/.git/config"])]
    #expect(try await inmate.run(plan).output == "kept\nkept\ny\n")
  }

  @Test("places of several directories are guarded, each by its own names")
  func severalDirectories() async throws {
    let inmate = try Inmate()
    let other = inmate.root + "/other"
    for directory in [other, other + "/.git", other + "/free"] { mkdir(directory, 0o755) }
    try inmate.write("own\n", to: other + "/.git/config")
    var plan = inmate.plan(
      """
      exec 2>/dev/null; echo x > .envrc && echo here; cd '\(other)'; echo x > .envrc || echo kept
      echo x > .git/config || echo kept; mv .git g || echo kept; echo x > free/.envrc && echo free
      """)
    plan.writes.append(other)
    plan.observation = .files
    plan.guarded = [
      .init(inmate.workspace), .init(other, pinned: [".git/config"], names: ["**/.envrc"]), .init(other + "/free"),
    ]
    #expect(try await inmate.run(plan).output == "here\nkept\nkept\nkept\nfree\n")
  }

  @Test("nothing is left on the host that was not there")
  func litter() async throws {
    let inmate = try Inmate()
    mkdir(inmate.workspace + "/.git", 0o755)
    var plan = inmate.plan("ls -A . .git")
    plan.guarded = [.init(inmate.workspace, pinned: [".git/hooks", ".git/config", ".envrc"], names: [".envrc"])]
    #expect(try await inmate.run(plan).output == ".:\n.git\n\n.git:\n")
  }

  private func text(_ inmate: Inmate, _ path: String) -> String {
    guard let file = fopen(inmate.workspace + "/" + path, "re") else { return "" }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = fread(&buffer, 1, 256, file)
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}
