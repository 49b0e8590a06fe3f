internal import Confinement
internal import Glibc
internal import Synchronization
internal import Testing

@testable internal import Sandbox

@Suite struct NetworkTests {
  struct Wanted: Sendable, CustomTestStringConvertible {
    let address: String
    let port: UInt16
    var testDescription: String { "\(address) port \(port)" }
  }

  static let wanted = [
    Wanted(address: "192.0.2.34", port: 443), Wanted(address: "8.8.8.8", port: 80),
    Wanted(address: "10.1.2.3", port: 443), Wanted(address: "169.254.169.254", port: 80),
    Wanted(address: "2001:db8::34", port: 443), Wanted(address: "2606:4700::1111", port: 80),
    // Ports that nobody listens on until they are asked for.
    Wanted(address: "192.0.2.7", port: 8443), Wanted(address: "2001:db8::7", port: 22),
    Wanted(address: "198.51.100.9", port: 65_535),
  ]

  @Test("a direct connection to any address and port is ours, with the wanted address", arguments: wanted)
  func captures(_ wanted: Wanted) async throws {
    let inmate = try Inmate()
    let family = wanted.address.contains(":") ? "AF_INET6" : "AF_INET"
    let script = """
      import socket
      s = socket.socket(socket.\(family), socket.SOCK_STREAM)
      s.settimeout(5)
      s.connect(("\(wanted.address)", \(wanted.port)))
      print(s.recv(100).decode(), end="")
      """
    let output = try await inmate.capture(python: script)
    #expect(output == (wanted.address.contains(":") ? "[\(wanted.address)]" : wanted.address) + ":\(wanted.port)")
  }

  @Test("the proxy is reached at its port")
  func proxy() async throws {
    let inmate = try Inmate()
    let output = try await inmate.capture(
      python: "import socket; print(socket.create_connection(('127.0.0.1', 889), 5).recv(99).decode(), end='')")
    #expect(output == "127.0.0.1:889")
  }

  @Test("an unused loopback port is refused at once, and the host's own services are not there")
  func loopback() async throws {
    let inmate = try Inmate()
    let service = try #require(HostService())
    let script = """
      import socket, time
      t = time.time()
      try: socket.create_connection(("127.0.0.1", \(service.port)), 5); print("connected")
      except ConnectionRefusedError: print("refused", time.time() - t < 0.1)
      """
    #expect(try await inmate.capture(python: script) == "refused True\n")
    #expect(!service.hasBeenConnectedTo)
  }

  @Test("the agent's own servers work on loopback")
  func ownServer() async throws {
    let inmate = try Inmate()
    let script = """
      import socket, threading
      l = socket.create_server(("127.0.0.1", 0))
      def serve(): c, _ = l.accept(); c.sendall(b"mine")
      threading.Thread(target=serve).start()
      print(socket.create_connection(l.getsockname(), 5).recv(9).decode(), end="")
      """
    #expect(try await inmate.capture(python: script) == "mine")
  }

  @Test("a datagram to anywhere is refused at once", arguments: ["192.0.2.1", "8.8.8.8", "2001:db8::1"])
  func datagrams(_ address: String) async throws {
    let inmate = try Inmate()
    let family = address.contains(":") ? "AF_INET6" : "AF_INET"
    let script = """
      import socket, time
      t = time.time()
      s = socket.socket(socket.\(family), socket.SOCK_DGRAM)
      s.settimeout(5)
      s.connect(("\(address)", 443))
      try: s.send(b"quic"); s.recv(9); print("answered")
      except ConnectionRefusedError: print("refused", time.time() - t < 0.1)
      """
    #expect(try await inmate.capture(python: script) == "refused True\n")
  }

  @Test(
    "a DNS query to any address is ours, and the answer comes from there",
    arguments: ["127.0.0.53", "8.8.8.8", "10.9.8.7", "::1", "2001:4860:4860::8888"])
  func resolver(_ address: String) async throws {
    let inmate = try Inmate()
    let family = address.contains(":") ? "AF_INET6" : "AF_INET"
    let script = """
      import socket
      s = socket.socket(socket.\(family), socket.SOCK_DGRAM)
      s.settimeout(5)
      s.connect(("\(address)", 53))
      s.send(b"query")
      print(s.recv(99).decode(), end="")
      """
    #expect(try await inmate.capture(python: script) == "answer to query")
  }

  @Test("names are asked of the resolver by the C library")
  func getaddrinfo() async throws {
    let inmate = try Inmate()
    let asked = Mutex<[String]>([])
    var plan = inmate.plan("getent hosts vendor.example; echo end")
    plan.observation = .connections
    let output = try await inmate.run(plan) { run in
      let service = try ResolverService(run.resolver) { query in
        asked.withLock { $0.append(String(decoding: query, as: UTF8.self)) }
        // Refused (RFC 1035 §4.1.1): the shortest answer that ends the question.
        return query.count < 12 ? nil : Array(query[0..<2]) + [0x81, 0x85] + Array(query[4...])
      }
      service.start()
      _ = try await run.wait()
      service.stop()
    }.output
    #expect(output == "end\n")
    #expect(asked.withLock { $0.contains { $0.contains("vendor") && $0.contains("example") } })
  }

  @Test("host Unix sockets are out of reach: named ones are not there, abstract ones are elsewhere")
  func localSockets() async throws {
    let inmate = try Inmate()
    let script = """
      import socket
      for name in ["/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket", "\\0sallyport-test"]:
        try: socket.socket(socket.AF_UNIX).connect(name); print("connected", name)
        except OSError as e: print(e.errno)
      """
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.baseAddress?.advanced(by: 1).copyMemory(from: "sallyport-test", byteCount: 14)
    }
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = bind(listener, $0, 2 + 15) }
    }
    #expect(listen(listener, 1) == 0)
    #expect(try await inmate.capture(python: script) == "2\n2\n2\n111\n")
  }

  @Test("when the host dies, all of the sandbox ends at once, and its user is told")
  func hostDeath() async throws {
    let inmate = try Inmate()
    let pipe = try Descriptor.pipe()
    var plan = inmate.plan(
      "trap '' TERM HUP; (trap '' TERM; setsid sleep 1000) & touch ready; while :; do sleep 0.01; done")
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    plan.streams = .inherited(input: nothing, output: pipe.writing, error: pipe.writing)
    let relay = try SandboxLaunch(plan).startRelay()
    for number in [nothing, pipe.writing] { close(number) }
    try inmate.dieAsHost(relay)
    // Ends only when nothing of the sandbox holds the other end any more.
    let output = String(decoding: Descriptor.readAll(pipe.reading, limit: 1 << 16) ?? [], as: UTF8.self)
    close(pipe.reading)
    waitpid(relay.process, nil, 0)
    // Who was about to start a program when the host died says that this failed.
    let told = output.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("setsid: ") }
    #expect(told == ["sallyport: the proxy has ended, and the sandbox with it"])
  }

  @Test("a host that dies is followed, although nobody reads what its user would be told")
  func hostDeathUnread() async throws {
    let inmate = try Inmate()
    let pipe = try Descriptor.pipe()
    var plan = inmate.plan("touch ready; exec sleep 1000 <&- >&- 2>&-")
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    plan.streams = .inherited(input: nothing, output: nothing, error: pipe.writing)
    _ = fcntl(pipe.writing, F_SETFL, O_NONBLOCK)
    while write(pipe.writing, "full", 4) > 0 {}
    _ = fcntl(pipe.writing, F_SETFL, 0)
    let relay = try SandboxLaunch(plan).startRelay()
    try inmate.dieAsHost(relay)
    var status: Int32 = 0
    #expect(waitpid(relay.process, &status, 0) == relay.process)
    for number in [nothing, pipe.writing, pipe.reading] { close(number) }
  }

  @Test("connections and programs are observed")
  func observations() async throws {
    let inmate = try Inmate()
    _ = try await inmate.capture(
      python: "import socket, os; os.system('/usr/bin/true'); socket.create_connection(('192.0.2.1', 8081), 5)")
    let seen = inmate.observations
    #expect(seen.contains { if case .executed(_, "/usr/bin/true") = $0 { true } else { false } })
    #expect(
      seen.contains {
        guard case .connected(_, let program, let to, _) = $0 else { return false }
        return program.contains("python3") && to.description == "192.0.2.1:8081"
      })
  }

  @Test("opened files are observed by their absolute paths, attempts included and the system's own left out")
  func openedFiles() async throws {
    let inmate = try Inmate()
    try inmate.write("x", to: inmate.workspace + "/notes")
    var plan = inmate.plan("mkdir d; cd d; cat ../notes ~/.aws/credentials; echo x > new; cat /usr/bin/env > /dev/null")
    plan.observation = .files
    _ = try await inmate.run(plan)
    let opened = inmate.observations.compactMap { observation -> String? in
      guard case .opened(_, _, let path, let forWriting, let isThere) = observation else { return nil }
      return path + (forWriting ? " w" : "") + (isThere ? "" : " missing")
    }
    #expect(opened.contains(inmate.workspace + "/notes"))
    #expect(opened.contains(inmate.home + "/.aws/credentials missing"))
    #expect(opened.contains(inmate.workspace + "/d/new w"))
    #expect(!opened.contains { $0.hasPrefix("/usr/") || $0.hasPrefix("/lib") || $0.hasPrefix("/dev/") })
  }

  @Test("a file is told by where its name leads from where the thread stands, and by the program that opened it")
  func openedFromPlaces() async throws {
    let inmate = try Inmate()
    mkdir(inmate.workspace + "/d", 0o755)
    for name in ["notes", "d/same", "same"] { try inmate.write("x\n", to: inmate.workspace + "/" + name) }
    var plan = inmate.plan(
      """
      ln -s ../notes d/link; ln -s nowhere d/gone; cd d
      read x < link; read x < same; read x < gone; read x < none; cd ..; read x < same; exec cat same d/link
      """)
    plan.observation = .files
    _ = try await inmate.run(plan)
    let opened = inmate.observations.compactMap { observation -> String? in
      guard case .opened(_, let program, let path, false, let isThere) = observation,
        path.hasPrefix(inmate.workspace + "/")
      else { return nil }
      let name = program.split(separator: "/").last.map(String.init) ?? ""
      return "\(name) \(path.dropFirst(inmate.workspace.count + 1))\(isThere ? "" : " missing")"
    }
    let shell = opened.first.map { String($0.prefix { $0 != " " }) } ?? ""
    #expect(
      opened == [
        "\(shell) notes", "\(shell) d/same", "\(shell) d/nowhere missing", "\(shell) d/none missing", "\(shell) same",
        "cat same", "cat notes",
      ])
    #expect(shell.hasSuffix("sh"))
  }
}
