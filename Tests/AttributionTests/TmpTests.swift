internal import Attribution
internal import Evidence
internal import Glibc
internal import Testing
internal import Foundation

struct TmpTests {
  @Test func lost() throws {
    let index = SourceIndex(["src/shlex.py": String(decoding: FileManager.default.contents(atPath: "/tmp/lost/v1.py")!, as: UTF8.self)])
    index.begin()
    index.take("src/shlex.py", String(decoding: FileManager.default.contents(atPath: "/tmp/lost/v2.py")!, as: UTF8.self))
    let sent = SentLines()
    for name in try FileManager.default.contentsOfDirectory(atPath: "/tmp/lost/bodies").sorted() {
      let body = Array(FileManager.default.contents(atPath: "/tmp/lost/bodies/" + name)!)
      let m = Message(index, sent: sent)
      m.receive(body)
      let f = m.finish()
      m.attributor.markSent()
      print(name, body.count, f.places, f.sources.map(\.version))
    }
  }
}
