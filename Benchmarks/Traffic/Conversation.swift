import NIOCore

/// The bodies that one connection sends: each is the one before with a turn more at the end of its messages, as coding
/// agents send them; after so many turns it begins anew, with other text in another order.
struct Conversation {
  private let messages: [ByteBuffer]
  private let turns: Int
  private var number: Int
  private var turn: Int

  /// Messages of a turn: the question and the answer.
  private static let messagesOfTurn = 2
  /// Conversations of different connections begin at different places.
  private static let stride = 37
  /// More than a series has.
  private static let connections = 1024

  /// - Parameters:
  ///   - messages: as JSON, each half a turn.
  ///   - turns: of one conversation; with one, nothing of a body was in one before.
  ///   - series: of conversations that nobody has sent before.
  ///   - index: the connection's. Each one is at another turn when it begins.
  init(_ messages: [ByteBuffer], turns: Int, series: Int, index: Int) {
    self.messages = messages
    self.turns = turns
    number = (series * Self.connections + index) * 1_000_003
    turn = index * 7 % turns
  }

  /// Sizes lie around their mean: from half of it to one and a half of it.
  private var count: Int {
    let mean = messages.count / 3
    let first = mean - (turns - 1) * Self.messagesOfTurn / 2
    return first + turn * Self.messagesOfTurn
  }

  mutating func next() -> ByteBuffer {
    var body = ByteBuffer(
      string: "{\"metadata\":{\"user_id\":\"\(number)\"},\"model\":\"m\",\"max_tokens\":64,\"messages\":[")
    for index in 0..<count {
      if index > 0 { body.writeString(",") }
      body.writeImmutableBuffer(messages[(number * Self.stride + index) % messages.count])
    }
    body.writeString("]}")
    turn += 1
    if turn == turns { (turn, number) = (0, number + 1) }
    return body
  }
}
