internal import Enforcement
internal import Evidence
internal import Glibc

/// Serves the watchers of one run; belongs to the thread that does so.
struct FeedDesk: ~Copyable {
  private let feed: LiveFeed
  private var seats: [Seat] = []
  private var ending: ContinuousClock.Instant?
  /// Set for a while after a connection could not be taken, so that it does not keep us busy.
  private var isFull = false

  /// One connection.
  private struct Seat {
    let socket: CInt
    var watcher: Watcher
    var output: ArraySlice<UInt8> = []
    var isClosing = false
    var lastRead = ContinuousClock.now
  }

  init(_ feed: LiveFeed) { self.feed = feed }

  /// Waits until something happens, and does what follows from it.
  ///
  /// - Returns: `false` once the run has ended and nobody is left.
  mutating func serve() -> Bool {
    let ready = wait()
    let news = feed.news()
    takeIn(news)
    if ready.contains(feed.listener), ending == nil { admit() }
    for index in seats.indices where ready.contains(seats[index].socket) { listen(to: index) }
    tellQuestions()
    for index in seats.indices { speak(to: index) }
    leave()
    return ending == nil || !seats.isEmpty
  }

  mutating func close() {
    for seat in seats { Glibc.close(seat.socket) }
    seats = []
  }

  private func wait() -> Set<CInt> {
    var watched = [pollfd(fd: feed.wake.reading, events: Int16(POLLIN), revents: 0)]
    if !isFull, ending == nil { watched.append(pollfd(fd: feed.listener, events: Int16(POLLIN), revents: 0)) }
    for seat in seats {
      let events = Int16(POLLIN) | (seat.output.isEmpty ? 0 : Int16(POLLOUT))
      watched.append(pollfd(fd: seat.socket, events: events, revents: 0))
    }
    let time = ending != nil ? RunLimits.watcherPatience / 4 : isFull ? RunLimits.watcherRetry : -1
    guard poll(&watched, nfds_t(watched.count), time) > 0 else { return [] }
    return Set(watched.filter { $0.revents != 0 }.map(\.fd))
  }

  private mutating func takeIn(_ news: LiveFeed.News) {
    var changed = news.changed
    while let exchange = changed.next() {
      for index in seats.indices { seats[index].watcher.note(exchange, isBehind: !seats[index].output.isEmpty) }
    }
    guard let last = news.last, ending == nil else { return }
    // Who came in time hears how it ended; who comes later is told by the kernel that nobody is there.
    while admit() {}
    shutdown(feed.listener, Int32(SHUT_RDWR))
    ending = .now
    for index in seats.indices {
      seats[index].watcher.end(with: last)
      seats[index].lastRead = .now
    }
  }

  /// - Returns: whether somebody had waited.
  @discardableResult
  private mutating func admit() -> Bool {
    guard let socket = LiveSocket.accepted(by: feed.listener) else {
      isFull = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM
      return false
    }
    isFull = false
    guard LiveSocket.isOurs(socket) else {
      Glibc.close(socket)
      return true
    }
    guard seats.count < RunLimits.watchers else {
      let line = FeedMessage.line(FeedMessage.refused("\(RunLimits.watchers) are watching this run already"))
      _ = send(socket, line, line.count, Int32(MSG_NOSIGNAL))
      Glibc.close(socket)
      return true
    }
    let count = seats.isEmpty ? feed.watch() : feed.journal.count
    seats.append(Seat(socket: socket, watcher: Watcher(first: feed.first, exchanges: count)))
    feed.asker.setWatchers(seats.count)
    return true
  }

  private mutating func tellQuestions() {
    guard !seats.isEmpty else { return }
    let questions = feed.asker.questions
    for index in seats.indices {
      seats[index].watcher.note(waiting: questions.waiting, settled: questions.settled)
    }
  }

  // MARK: One of them

  private mutating func listen(to index: Int) {
    var bytes = [UInt8](repeating: 0, count: RunLimits.watcherLineBytes)
    let count = recv(seats[index].socket, &bytes, bytes.count, 0)
    if count < 0, errno == EAGAIN || errno == EINTR { return }
    guard count > 0, let lines = seats[index].watcher.take(bytes[..<count]) else {
      seats[index].isClosing = true
      return
    }
    for line in lines { heed(line, from: index) }
  }

  private mutating func heed(_ line: [UInt8], from index: Int) {
    do throws(WatcherMessage.Problem) {
      switch try WatcherMessage(line) {
      case .answer(let question, let isYes):
        // One that comes too late is told by the answer that was first.
        let isTaken = feed.asker.settle(question, Answer(isYes ? .yes : .no, at: .watch))
        if !isTaken, !seats[index].watcher.questions.contains(question) {
          seats[index].watcher.refuse("no question \(question) waits for an answer")
        }
      }
    } catch {
      seats[index].watcher.refuse(error.sentence)
    }
  }

  private mutating func speak(to index: Int) {
    guard !seats[index].isClosing else { return }
    while true {
      while seats[index].output.count < RunLimits.watcherOutputBytes,
        let message = seats[index].watcher.next({ feed.journal.exchange($0) })
      {
        seats[index].output += FeedMessage.line(message)
      }
      guard !seats[index].output.isEmpty else { return }
      let count = seats[index].output.withUnsafeBytes {
        send(seats[index].socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        if errno != EAGAIN { seats[index].isClosing = true }
        return
      }
      seats[index].output = seats[index].output.dropFirst(count)
      if seats[index].output.isEmpty { seats[index].output = [] }
      seats[index].lastRead = .now
    }
  }

  /// Lets those go who are gone, who said nonsense without end, and at the run's end who know all of it or stopped
  /// reading.
  private mutating func leave() {
    let before = seats.count
    let now = ContinuousClock.now
    for index in seats.indices {
      guard let ending else { break }
      let isStuck = seats[index].lastRead.duration(to: now) > .milliseconds(RunLimits.watcherPatience)
      let isLate = ending.duration(to: now) > .milliseconds(RunLimits.watcherFarewell)
      if seats[index].output.isEmpty || isStuck || isLate { seats[index].isClosing = true }
    }
    for seat in seats where seat.isClosing { Glibc.close(seat.socket) }
    seats.removeAll(where: \.isClosing)
    guard seats.count != before else { return }
    feed.asker.setWatchers(seats.count)
    if seats.isEmpty { feed.unwatch() }
  }
}
