internal import Confinement
internal import Glibc

/// Contents out of git's store, one after the other, from one run of `git cat-file --batch` (git-cat-file(1)).
actor GitBlobs {
  private let child: ChildProgram
  private let asking: Descriptor
  private let answering: Descriptor
  private var buffer: [UInt8] = []
  private var start = 0
  private var hasBroken = false

  init(_ git: GitCommand) throws(FileInspectionError) {
    let silence = try GitStreams.memory(holding: [])
    let question = try GitStreams.pipe()
    defer { Glibc.close(question.reading) }
    let answer = try GitStreams.pipe()
    defer { Glibc.close(answer.writing) }
    child = try git.start(["cat-file", "--batch"], streams: [question.reading, answer.writing, silence.number])
    asking = Descriptor(owning: question.writing)
    answering = Descriptor(owning: answer.reading)
  }

  /// - Returns: `nil` where the store has no such object, or it is too large to be in memory.
  func bytes(_ object: String) -> [UInt8]? {
    guard !hasBroken, ask(object), let size = answeredSize() else { return nil }
    let isTooLarge = size > FileInspectionLimits.bytesInMemory
    var bytes: [UInt8] = []
    if !isTooLarge { bytes.reserveCapacity(size) }
    var left = size
    while left > 0 {
      guard fill() else { return nil }
      let count = min(left, buffer.count - start)
      if !isTooLarge { bytes += buffer[start..<start + count] }
      start += count
      left -= count
    }
    guard line()?.isEmpty == true else { return nil }
    return isTooLarge ? nil : bytes
  }

  /// git ends once it is asked no more.
  func close() {
    hasBroken = true
    child.kill()
    _ = child.wait()
  }

  private func ask(_ object: String) -> Bool {
    let question = Array("\(object)\n".utf8)
    var done = 0
    while done < question.count {
      let count = question[done...].withUnsafeBytes { write(asking.number, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return breaks() }
      done += count
    }
    return true
  }

  /// `<object> blob <size>`, or `<object> missing`.
  private func answeredSize() -> Int? {
    guard let words = line()?.split(separator: UInt8(ascii: " ")) else { return nil }
    guard words.count == 3 else { return nil }
    return Int(String(decoding: words[2], as: UTF8.self))
  }

  private func line() -> [UInt8]? {
    var line: [UInt8] = []
    while true {
      guard fill() else { return nil }
      if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
        line += buffer[start..<end]
        start = end + 1
        return line
      }
      line += buffer[start...]
      start = buffer.count
      guard line.count <= FileInspectionLimits.complaintBytes else {
        _ = breaks()
        return nil
      }
    }
  }

  /// Makes sure that there is something to read.
  private func fill() -> Bool {
    guard start == buffer.count else { return true }
    buffer = [UInt8](unsafeUninitializedCapacity: 64 << 10) { bytes, count in
      repeat { count = read(answering.number, bytes.baseAddress, bytes.count) } while count < 0 && errno == EINTR
      count = max(0, count)
    }
    start = 0
    return buffer.isEmpty ? breaks() : true
  }

  private func breaks() -> Bool {
    hasBroken = true
    return false
  }
}
