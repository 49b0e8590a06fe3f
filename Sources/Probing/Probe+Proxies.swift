internal import Glibc

extension Probe {
  /// The proxy as a bridge to what is near the machine, and whose word counts where two disagree.
  static let proxies: [Probe] =
    [
      Probe("N6.loopback") { Requests.send(Requests.get("/", host: "localhost"), to: "127.0.0.1", $0.servicePort) },
      Probe("N6.loopback-ipv6") { Requests.send(Requests.get("/", host: "localhost"), to: "::1", $0.servicePort) },
      Probe("N6.connect-loopback") { bridge(to: "127.0.0.1:\($0.servicePort)", $0) },
      Probe("N6.absolute-loopback") { absolute("127.0.0.1:\($0.servicePort)", $0) },
      Probe("N6.connect-ipv6") { bridge(to: "[::1]:\($0.servicePort)", $0) },
      Probe("N6.connect-mapped") { bridge(to: "[::ffff:127.0.0.1]:\($0.servicePort)", $0) },
      Probe("N6.connect-unspecified") { bridge(to: "0.0.0.0:\($0.servicePort)", $0) },
      Probe("N6.connect-decimal") { bridge(to: "2130706433:\($0.servicePort)", $0) },
      Probe("N6.connect-hexadecimal") { bridge(to: "0x7f.1:\($0.servicePort)", $0) },
      Probe("N6.metadata") { _ in Requests.send(Requests.get("/", host: "169.254.169.254"), to: "169.254.169.254", 80)
      },
      Probe("N6.connect-metadata") { bridge(to: "169.254.169.254:80", $0) },
      Probe("N6.connect-private") { bridge(to: "10.0.0.1:80", $0) },
      Probe("N7.name") { bridge(to: "localhost:\($0.servicePort)", $0) },
      Probe("N8.direct") { lying(host: ProbePlace.allowed, $0, isAllowed: true) },
      Probe("N9.host") { lying(host: ProbePlace.other, $0) },
      Probe("N9.absolute") { place in
        let request =
          "GET http://\(ProbePlace.allowed)/ HTTP/1.1\r\nHost: \(ProbePlace.other)\r\nConnection: close\r\n\r\n"
        return Requests.send(request, to: "127.0.0.1", place.proxyPort)
      },
      Probe("N9.no-host") { place in
        Requests.through("\(ProbePlace.allowed):80", Array("GET / HTTP/1.1\r\nConnection: close\r\n\r\n".utf8), place)
      },
      Probe("N10.host") { place in
        Requests.through("\(ProbePlace.allowed):80", Array(Requests.get("/", host: ProbePlace.other).utf8), place)
      },
      Probe("N10.server-name") { HelloBytes.say(ProbePlace.other, through: "\(ProbePlace.allowed):443", $0) },
      Probe("N10.host-in-tls") { hostInTLS($0) },
      Probe("N10.no-server-name") { HelloBytes.say(nil, through: "\(ProbePlace.allowed):443", $0) },
      Probe("N10.address") { HelloBytes.say(nil, through: "\($0.address):443", $0) },
      Probe("N10.odd-port") { bridge(to: "nobody.test:25", $0) },
      Probe("N11.relay") { relayed($0) },
      Probe("N12.socks5") { socks5(command: 1, $0) },
      Probe("N12.socks5-udp") { socks5(command: 3, $0) },
      Probe("N12.socks5-bind") { socks5(command: 2, $0) },
      Probe("N12.socks4") { socks4($0) },
      Probe("N13.authority") { place in
        HTTP2Bytes.ask(authority: ProbePlace.other, path: "/N13", fields: [], through: ProbePlace.allowed, place)
      },
    ]

  private static func bridge(to authority: String, _ place: ProbePlace) -> Found {
    Requests.through(authority, Array(Requests.get("/", host: authority).utf8), place)
  }

  private static func absolute(_ authority: String, _ place: ProbePlace) -> Found {
    let request = "GET http://\(authority)/ HTTP/1.1\r\nHost: \(authority)\r\nConnection: close\r\n\r\n"
    return Requests.send(request, to: "127.0.0.1", place.proxyPort)
  }

  /// To the address of the one, with a word for the other; no proxy is asked.
  private static func lying(host: String, _ place: ProbePlace, isAllowed: Bool = false) -> Found {
    guard let address = NameQuestion.look(up: ProbePlace.allowed, place) else { return Found(.closed, "no name") }
    return Requests.send(Requests.get("/direct", host: host), to: address, 80, isAllowed: isAllowed)
  }

  /// CONNECT and TLS for the one, and in there a word for the other. An answer that says that the destination cannot be
  /// reached (502) would say that the request was on its way there.
  private static func hostInTLS(_ place: ProbePlace) -> Found {
    switch Requests.tunnel(to: "\(ProbePlace.allowed):443", place) {
    case .failed(let found): return found
    case .open(let connection):
      guard let conversation = TLSConversation(connection, name: ProbePlace.allowed) else {
        return Found(.closed, "no handshake")
      }
      conversation.send(Array(Requests.get("/N10", host: ProbePlace.other).utf8))
      guard let answer = HTTPAnswer(conversation.receiveAll(until: HTTPAnswer.isWhole)) else { return Found(.closed) }
      return answer.status < 500 ? answer.found() : Found(.succeeded, "\(answer.status), on its way")
    }
  }

  /// A second process inside carries the first one's words to the proxy.
  private static func relayed(_ place: ProbePlace) -> Found {
    var ends: [CInt] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { return .kernel(-Int(errno)) }
    let child = fork()
    if child == 0 {
      var request = [UInt8](repeating: 0, count: 4_096)
      let count = read(ends[1], &request, request.count)
      if case .connection(let proxy) = Connection.open("127.0.0.1", place.proxyPort), count > 0 {
        proxy.send(Array(request[..<count]))
        let answer = proxy.receiveAll(until: HTTPAnswer.isWhole)
        _ = write(ends[1], answer, answer.count)
      }
      _exit(0)
    }
    close(ends[1])
    let authority = "127.0.0.1:\(place.servicePort)"
    let request = "GET http://\(authority)/ HTTP/1.1\r\nHost: \(authority)\r\nConnection: close\r\n\r\n"
    _ = write(ends[0], request, request.utf8.count)
    var answer = [UInt8](repeating: 0, count: ProbingLimits.answerBytes)
    let count = read(ends[0], &answer, answer.count)
    close(ends[0])
    waitpid(child, nil, 0)
    return HTTPAnswer(Array(answer.prefix(max(0, count))))?.found() ?? Found(.closed)
  }

  /// RFC 1928: 1 connects, 2 binds, 3 is for datagrams.
  private static func socks5(command: UInt8, _ place: ProbePlace) -> Found {
    guard case .connection(let connection) = Connection.open("127.0.0.1", place.proxyPort) else {
      return Found(.closed)
    }
    connection.send([5, 1, 0])
    guard connection.receive() == [5, 0] else { return Found(.closed) }
    connection.send([5, command, 0, 1, 127, 0, 0, 1] + bytes(place.servicePort))
    return afterSOCKS(connection, granted: 0, at: 1, isConnect: command == 1, place)
  }

  private static func socks4(_ place: ProbePlace) -> Found {
    guard case .connection(let connection) = Connection.open("127.0.0.1", place.proxyPort) else {
      return Found(.closed)
    }
    connection.send([4, 1] + bytes(place.servicePort) + [127, 0, 0, 1, 0])
    return afterSOCKS(connection, granted: 90, at: 1, isConnect: true, place)
  }

  private static func afterSOCKS(
    _ connection: Connection, granted: UInt8, at offset: Int, isConnect: Bool, _ place: ProbePlace
  ) -> Found {
    guard let reply = connection.receive(), reply.count > offset else { return Found(.closed) }
    guard reply[offset] == granted else { return Found(.sallyport, "refused with \(reply[offset])") }
    guard isConnect else { return Found(.succeeded, "granted") }
    connection.send(Requests.get("/", host: "127.0.0.1:\(place.servicePort)"))
    return Requests.answer(on: connection)
  }

  private static func bytes(_ port: UInt16) -> [UInt8] { [UInt8(port >> 8), UInt8(port & 0xff)] }
}
