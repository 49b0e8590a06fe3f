internal import Dispatch
internal import Enforcement
internal import Evidence
internal import Glibc
internal import Presentation
internal import Synchronization

/// The oldest exchanges of a run, in a file without a name that is gone with the process.
///
/// They are written on a queue of its own, batch by batch, a line of JSON for each; until a batch is written, and where
/// it cannot be, it stays in memory.
final class ExchangeFile: ExchangeArchive {
  private let descriptor: CInt
  private let queue = DispatchQueue(label: "sallyport.exchanges")
  private let state = Mutex(State())

  private struct State {
    var batches: [Batch] = []
    /// By their numbers, those that were taken in anew.
    var replaced: [Int: Replaced] = [:]
    /// The end of the file.
    var end = 0
  }

  private struct Replaced {
    /// Which of several times it was.
    let time: Int
    /// `nil` once it is in the file.
    var exchange: Exchange?
    var place = 0..<0
  }

  private struct Batch {
    let first: Int
    let count: Int
    /// `nil` once they are in the file.
    var exchanges: [Exchange]?
    var place = 0..<0
  }

  /// `O_TMPFILE` of open(2), a composed macro that Swift does not see.
  private static let unnamedFile = 0o20000000 | O_DIRECTORY

  /// - Returns: `nil` where the directory cannot take a file: the exchanges then stay in memory.
  init?(in directory: String) {
    descriptor = open(directory, Self.unnamedFile | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
  }

  deinit { close(descriptor) }

  func append(_ exchanges: [Exchange]) {
    let index = state.withLock { state in
      let first = (state.batches.last.map { $0.first + $0.count }) ?? 1
      state.batches.append(Batch(first: first, count: exchanges.count, exchanges: exchanges))
      return state.batches.count - 1
    }
    queue.async { self.write(exchanges, at: index) }
  }

  private func write(_ exchanges: [Exchange], at index: Int) {
    let start = state.withLock { $0.end }
    var end = start
    var (line, piece) = (CanonicalWriter(), [UInt8]())
    for exchange in exchanges {
      line.removeAll()
      exchange.write(to: &line)
      piece += line.bytes
      piece.append(UInt8(ascii: "\n"))
      guard piece.count >= RunLimits.exchangePieceBytes else { continue }
      guard put(piece, at: end) else { return }
      end += piece.count
      piece.removeAll(keepingCapacity: true)
    }
    guard put(piece, at: end) else { return }
    end += piece.count
    state.withLock { state in
      state.end = end
      state.batches[index].place = start..<end
      state.batches[index].exchanges = nil
    }
  }

  func replace(_ exchange: Exchange) {
    let time = state.withLock { state in
      let time = (state.replaced[exchange.sequence]?.time ?? 0) + 1
      state.replaced[exchange.sequence] = Replaced(time: time, exchange: exchange)
      return time
    }
    queue.async { self.write(exchange, time) }
  }

  private func write(_ exchange: Exchange, _ time: Int) {
    var line = CanonicalWriter()
    exchange.write(to: &line)
    let start = state.withLock { $0.end }
    guard put(line.bytes, at: start) else { return }
    state.withLock { state in
      state.end = start + line.bytes.count
      guard state.replaced[exchange.sequence]?.time == time else { return }
      state.replaced[exchange.sequence] = Replaced(time: time, place: start..<state.end)
    }
  }

  private func put(_ bytes: [UInt8], at offset: Int) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let written = pwrite(
          descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return false }
        done += written
      }
      return true
    }
  }

  func exchange(_ sequence: Int) -> Exchange? {
    let (replaced, batch) = state.withLock { state in
      (
        state.replaced[sequence],
        state.batches.last { $0.first <= sequence && sequence < $0.first + $0.count }
      )
    }
    if let replaced { return self.exchange(replaced) }
    guard let batch else { return nil }
    let position = sequence - batch.first
    if let exchanges = batch.exchanges { return exchanges[position] }
    let lines = read(batch.place)
    return lines.indices.contains(position) ? Self.exchange(lines[position]) : nil
  }

  var exchanges: [Exchange] {
    let (batches, replaced) = state.withLock { ($0.batches, $0.replaced) }
    var exchanges = batches.flatMap { batch in batch.exchanges ?? read(batch.place).compactMap(Self.exchange) }
    for (sequence, newest) in replaced where exchanges.indices.contains(sequence - 1) {
      if let exchange = exchange(newest) { exchanges[sequence - 1] = exchange }
    }
    return exchanges
  }

  private func exchange(_ replaced: Replaced) -> Exchange? {
    replaced.exchange ?? read(replaced.place).first.flatMap(Self.exchange)
  }

  private func read(_ place: Range<Int>) -> [ArraySlice<UInt8>] {
    let bytes = [UInt8](unsafeUninitializedCapacity: place.count) { buffer, filled in
      while filled < place.count {
        let start = UnsafeMutableRawPointer(buffer.baseAddress).map { $0 + filled }
        let got = pread(descriptor, start, place.count - filled, off_t(place.lowerBound + filled))
        if got < 0, errno == EINTR { continue }
        if got <= 0 { return }
        filled += got
      }
    }
    return bytes.split(separator: UInt8(ascii: "\n"))
  }

  private static func exchange(_ line: ArraySlice<UInt8>) -> Exchange? {
    (try? JSONParser.parse(Array(line))).flatMap { try? Exchange(json: $0) }
  }
}
