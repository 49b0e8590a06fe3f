internal import Testing

@testable internal import Run

@Suite("Files that are worth a line")
struct FileInterestTests {
  struct Opened: Sendable, CustomTestStringConvertible {
    let path: String
    let reading: FileInterest.Reason?
    let writing: FileInterest.Reason?

    init(_ path: String, reading: FileInterest.Reason?, writing: FileInterest.Reason?) {
      self.path = path
      self.reading = reading
      self.writing = writing
    }

    var testDescription: String { path }
  }

  @Test(
    "each is told by its place and by whether it is written",
    arguments: [
      Opened("/home/u/.ssh/id_ed25519", reading: .credentialStore, writing: .credentialStore),
      Opened("/home/u/.ssh", reading: .credentialStore, writing: .credentialStore),
      Opened("/home/u/.sshrc", reading: nil, writing: nil),
      Opened("/home/u/.aws/credentials", reading: .credentialStore, writing: .credentialStore),
      Opened("/home/u/.config/gh/hosts.yml", reading: .credentialStore, writing: .credentialStore),
      Opened("/home/other/.ssh/id_ed25519", reading: nil, writing: nil),
      Opened("/home/u2/.ssh/id_ed25519", reading: nil, writing: nil),
      Opened("/home/u/.bashrc", reading: nil, writing: .shellStartup),
      Opened("/home/u/code/.bashrc", reading: nil, writing: nil),
      Opened("/home/u/work/.env", reading: .environmentFile, writing: .environmentFile),
      Opened("/home/u/work/api/.env.production", reading: .environmentFile, writing: .environmentFile),
      Opened("/home/u/work/.envrc", reading: nil, writing: nil),
      Opened("/home/u/work/env", reading: nil, writing: nil),
      Opened("/home/u/work/.git/hooks/pre-commit", reading: nil, writing: .gitHook),
      Opened("/home/u/work/.git/config", reading: nil, writing: .gitConfiguration),
      Opened("/home/u/work/.git/index", reading: nil, writing: nil),
      Opened("/etc/shadow", reading: .systemSecret, writing: .systemSecret),
      Opened("/etc/passwd", reading: nil, writing: nil),
      Opened("/home/u/work", reading: nil, writing: nil),
      Opened("", reading: nil, writing: nil),
    ])
  func table(opened: Opened) {
    let interest = FileInterest(home: "/home/u", workspace: "/home/u/work")
    #expect(interest.reason(for: opened.path, forWriting: false) == opened.reading)
    #expect(interest.reason(for: opened.path, forWriting: true) == opened.writing)
  }
}
