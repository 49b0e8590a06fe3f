internal import Confinement
internal import Testing

@Suite struct PathWalkTests {
  private static let links = [
    "/a/link": "b/c", "/abs": "/x/y", "/loop": "loop", "/one": "two", "/two": "/a/link", "/up": "..", "/a/up": "../z",
    "/proc/self/cwd": "/home/u/w",
  ]

  @Test(
    "goes the kernel's way",
    arguments: [
      ("/a/link", "/a/b/c"), ("/a/link/d", "/a/b/c/d"), ("/abs/../q", "/x/q"), ("/a/../abs", "/x/y"),
      ("/one/d", "/a/b/c/d"), ("/a/up/k", "/z/k"), ("//a//./link/", "/a/b/c"), ("/", "/"), ("/not/there", "/not/there"),
      ("/proc/self/cwd/../k", "/home/u/k"), ("/../..", "/"),
    ])
  func end(path: String, expected: String) {
    let end = PathWalk.end(of: Array(path.utf8)) {
      Self.links[String(decoding: $0, as: UTF8.self)].map { Array($0.utf8) }
    }
    #expect(String(decoding: end, as: UTF8.self) == expected)
  }

  @Test("a circle of links ends")
  func circle() {
    #expect(!PathWalk.end(of: Array("/a/b/c".utf8)) { _ in Array("more/and/more".utf8) }.isEmpty)
  }
}
