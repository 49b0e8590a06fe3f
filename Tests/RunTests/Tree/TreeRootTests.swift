internal import Glibc
internal import Testing

@testable internal import Run

@Suite("Trees") struct TreeRootTests {
  private let place: Place

  init() throws { place = try Place() }

  private func shell(_ script: String) throws -> String {
    let pipe = try #require(popen("cd '\(place.root)' && (\(script)) 2>&1", "r"))
    defer { pclose(pipe) }
    var text = ""
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, CInt(line.count), pipe) != nil {
      text += String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    return text
  }

  private struct NoTree: Error {}

  private func tree() throws -> TreeRoot {
    guard let root = TreeRoot(place.root) else { throw NoTree() }
    return root
  }

  private func path(_ text: String) -> TreePath { TreePath(bytes: Array(text.utf8)) }

  private func copy(_ name: String, to other: String) throws -> CInt {
    let root = try tree()
    let file = root.openFile(path(name))
    if file < 0 { throw NoTree() }
    defer { close(file) }
    return root.put(file, permissions: 0o600, at: path(other))
  }

  @Test("a file is put with its holes, whatever stands between and after them")
  func holes() throws {
    let script = """
      printf begin > f; printf middle | dd of=f bs=1 seek=70000 conv=notrunc status=none
      printf x | dd of=f bs=1 seek=400003000 conv=notrunc status=none; truncate -s 900000001 f; head -c 200000 /dev/zero > z
      head -c 300001 /dev/urandom > r; : > e; truncate -s 1T huge
      """
    #expect(try shell(script) == "")
    for name in ["f", "z", "r", "e", "huge"] { #expect(try copy(name, to: "\(name).copy") == 0) }
    #expect(
      try shell("for n in f z r e; do cmp $n $n.copy; done; stat -c %s huge.copy f.copy")
        == "1099511627776\n900000001\n")
    #expect(try shell("du -k f.copy huge.copy | awk '$1 > 64'") == "")
  }

  @Test("files with the same content are the same however they lie on the disk, and others are not")
  func fingerprints() throws {
    let script = """
      truncate -s 1000000 hole; head -c 1000000 /dev/zero > zeros; truncate -s 1000001 longer; cp zeros other
      printf x | dd of=other bs=1 seek=999999 conv=notrunc status=none; cp zeros moved
      printf x | dd of=moved bs=1 seek=199999 conv=notrunc status=none; truncate -s 4T huge
      """
    #expect(try shell(script) == "")
    let root = try tree()
    let prints = ["hole", "longer", "other", "moved", "huge"].map { root.fingerprint(path($0)) }
    #expect(Set(prints).count == 5)
    #expect(root.fingerprint(path("zeros")) == prints[0])
  }

  @Test("a tree of any depth is removed, closed directories and odd names with it")
  func deep() throws {
    let script = """
      import os
      os.makedirs('t/closed/in'); open('t/closed/in/f', 'w').close(); os.chmod('t/closed', 0)
      os.makedirs('t/moved.1/moved.2/x'); os.symlink('/etc', 't/moved.1/moved.2/link'); os.makedirs('t/moved.3')
      top = os.getcwd(); os.chdir('t')
      for _ in range(3000):
          open('f', 'w').close(); os.mkdir('d'); os.chdir('d')
      """
    try place.file("deep.py", script)
    #expect(try shell("python3 deep.py") == "")
    let root = try tree()
    #expect(root.removeTree(path("t")) == 0)
    #expect(try place.names() == ["deep.py"])
  }
}
