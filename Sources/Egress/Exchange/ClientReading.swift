internal import NIOCore

/// Whether the client of an exchange is read: not while its bytes are on their way to a file, nor while its long body waits
/// for its turn.
final class ClientReading {
  private enum Turn {
    case none
    case awaited
    case taken
    /// It took so long that others go on.
    case spent
  }

  private let turns: BodyTurns
  private let loop: any EventLoop
  private let longestTurn: TimeAmount
  private var timer: Scheduled<Void>?
  private weak var client: (any ClientSide)?
  private var turn = Turn.none
  private var pauses = 0
  /// When the body's turn came.
  private(set) var lastResumed = NIODeadline.now()

  init(_ client: any ClientSide, _ door: LoopDoor) {
    self.client = client
    turns = door.turns
    loop = door.loop
    longestTurn = door.limits.bodyTurn
  }

  var awaitsTurn: Bool { turn == .awaited }

  func pause() {
    pauses += 1
    if pauses == 1 { client?.pauseReading() }
  }

  func resume() {
    pauses -= 1
    if pauses == 0 { client?.resumeReading() }
  }

  /// The body has become a long one.
  func takeTurn() {
    guard turn == .none else { return }
    guard !turns.take() else { return begin() }
    turn = .awaited
    pause()
    turns.wait { [weak self] in
      guard let self, self.turn == .awaited else { return false }
      self.begin()
      self.lastResumed = .now()
      self.resume()
      return true
    }
  }

  private func begin() {
    turn = .taken
    timer = loop.assumeIsolated().scheduleTask(in: longestTurn) { [weak self] in
      guard let self, self.turn == .taken else { return }
      self.turn = .spent
      self.turns.giveBack()
    }
  }

  /// The body is whole, or goes on piece by piece, or is not wanted any more.
  func giveTurnBack() {
    let had = turn
    turn = .none
    timer?.cancel()
    if had == .awaited { resume() }
    if had == .taken { turns.giveBack() }
  }
}
