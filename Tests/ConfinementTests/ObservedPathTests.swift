internal import Confinement
internal import Testing

@Suite struct ObservedPathTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let path: String
    let base: String
    let absolute: String
    var testDescription: String { "\(path) from \(base)" }
  }

  static let cases = [
    Case(path: "/a/b", base: "", absolute: "/a/b"), Case(path: "b", base: "/a", absolute: "/a/b"),
    Case(path: "../b/./c/", base: "/a/d", absolute: "/a/b/c"), Case(path: "/../..", base: "", absolute: "/"),
    Case(path: "//a///b//", base: "", absolute: "/a/b"),
    Case(path: "/usr/../home/.ssh", base: "", absolute: "/home/.ssh"),
    Case(path: "/a/.b/..c", base: "", absolute: "/a/.b/..c"), Case(path: "", base: "/a", absolute: "/a"),
    Case(path: "/", base: "", absolute: "/"), Case(path: ".../.a.", base: "/.b/..", absolute: "/.../.a."),
    Case(path: "/a/...", base: "", absolute: "/a/..."), Case(path: "/a/.", base: "", absolute: "/a"),
    Case(path: "/a/..", base: "", absolute: "/"), Case(path: "a/", base: "/", absolute: "/a"),
  ]

  @Test("becomes absolute", arguments: cases)
  func absolute(_ one: Case) {
    let path = ObservedPath.absolute(Array(one.path.utf8), from: Array(one.base.utf8))
    #expect(String(decoding: path, as: UTF8.self) == one.absolute)
  }

  @Test("the system's own files are routine, everything else is not")
  func routine() {
    for path in ["/usr/lib/a", "/lib/x", "/lib64/ld.so", "/proc/self/maps", "/dev/null"] {
      #expect(ObservedPath.isRoutine(Array(path.utf8)))
    }
    for path in ["/home/u/.ssh/id", "/etc/passwd", "/opt/x", "/", "", "usr/lib/x"] {
      #expect(!ObservedPath.isRoutine(Array(path.utf8)))
    }
  }

  @Test("one name is told from a path and from what stands for directories")
  func names() {
    for path in ["a", ".a", "..a", "...", "a.b", "a "] { #expect(ObservedPath.isName(Array(path.utf8)[...])) }
    for path in ["", ".", "..", "a/b", "a/", "/a", "./a"] { #expect(!ObservedPath.isName(Array(path.utf8)[...])) }
  }

  @Test("addresses are told apart and written as they should be")
  func addresses() {
    let mapped = InternetAddress(bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1], port: 1)
    #expect(mapped?.description == "127.0.0.1:1")
    #expect(mapped?.isLoopback == true)
    #expect(InternetAddress(bytes: [UInt8](repeating: 0, count: 15) + [1], port: 2)?.description == "[::1]:2")
    #expect(InternetAddress(bytes: [UInt8](repeating: 0, count: 15) + [2], port: 2)?.isLoopback == false)
    #expect(InternetAddress(bytes: [8, 8, 8, 8], port: 2)?.isLoopback == false)
    #expect(InternetAddress(bytes: [1, 2, 3], port: 2) == nil)
    for count in 0..<28 { _ = InternetAddress(socketAddress: [10, 0] + [UInt8](repeating: 1, count: count)) }
  }

  @Test("a repetition is noticed and a table stays as large as it was made")
  func repetitions() {
    var table = RepeatTable<Int>(slots: 4)
    let first = (table.insert(1, if: { false }), table.insert(1), table.insert(1))
    #expect(first == (false, true, false))
    for number in 0..<1_000 { _ = table.insert(number) }
    let last = table.insert(999)
    #expect(!last)
  }
}
