internal import NIOCore

/// One answer of server-sent events, each with the time at which it was sent.
///
/// Asked for as `GET /events?COUNT,MILLISECONDS HTTP/1.1`.
final class EventStream {
  private let channel: any Channel
  private var left: Int
  private let interval: TimeAmount
  private var due = NIODeadline.now()

  init(_ requestLine: Substring, to channel: any Channel) {
    let numbers = requestLine.drop { $0 != "?" }.dropFirst().prefix { $0 != " " }.split(separator: ",")
    self.channel = channel
    left = numbers.first.flatMap { Int($0) } ?? 1
    interval = .milliseconds(numbers.dropFirst().first.flatMap { Int64($0) } ?? 20)
  }

  func begin() {
    channel.writeAndFlush(
      ByteBuffer(
        string: "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"),
      promise: nil
    )
    send()
  }

  private func send() {
    let event =
      "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello there\"},"
      + "\"sent\":@\(NIODeadline.now().uptimeNanoseconds)@}\n\n"
    left -= 1
    let chunk = String(event.utf8.count, radix: 16) + "\r\n" + event + "\r\n"
    channel.writeAndFlush(ByteBuffer(string: left == 0 ? chunk + "0\r\n\r\n" : chunk), promise: nil)
    guard left > 0, channel.isActive else { return }
    due = due + interval
    channel.eventLoop.assumeIsolated().scheduleTask(deadline: due) { self.send() }
  }
}
