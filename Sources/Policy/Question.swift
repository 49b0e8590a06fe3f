package import Evidence

/// One message about which a decision is wanted: everything that is known of it, and none of its content.
package struct Question: Sendable, Hashable {
  package var subject: Subject
  package var agent: Agent
  package var destination: Destination
  /// What reasons and remedies call the destination, where its name holds something that must stand in no record.
  package var shownDestination: Destination?
  /// The catalogue's endpoint, such as `anthropic/messages`; `nil` where nothing describes it.
  package var endpoint: String?
  /// Who runs the destination, as the catalogue says; `nil` stands for the part of ``endpoint`` before the slash.
  package var vendor: String?
  /// Whether the agent is made for that vendor's models. False is the careful answer.
  package var isOwnVendor: Bool
  package var purpose: Purpose
  package var method: String
  /// Path and query as they were sent.
  package var path: String
  package var protocolName: Exchange.ProtocolName
  package var findings: [Finding]
  /// Classes with a threshold that the message was found to reach before parts of it were taken out.
  package var counted: Set<DataClass> = []
  /// The files inside. Empty and without a gap says that there are none.
  package var attributed = Attributed()
  /// What of files went to the same host in this run before this.
  package var sentLines = SentLineCounts()
  /// Of the body, or of the message or piece of a stream; 0 for a request without one.
  package var bytes: Int
  /// Of header fields and trailers; 0 for one more message or piece.
  package var fieldBytes = 0
  /// What went to the same host in this run before this.
  package var sentBytes = 0
  package var time: Timestamp
  package var place: Place
  /// What a person said after an earlier decision was ``Action/ask``; `nil` before anybody was asked.
  package var answer: Answer?
  /// What a person said yes to in the earlier pieces of the message.
  package var agreed = Agreement()

  /// Whether method and path are known: a stream of no dialect that we know may hold requests, and says nothing of them.
  var hasRequestLine: Bool { protocolName != .bytes }

  package init(
    subject: Subject, agent: Agent, destination: Destination, endpoint: String? = nil, vendor: String? = nil,
    isOwnVendor: Bool = false, purpose: Purpose, method: String, path: String,
    protocolName: Exchange.ProtocolName, findings: [Finding] = [], bytes: Int, time: Timestamp,
    place: Place = Place(), answer: Answer? = nil
  ) {
    self.subject = subject
    self.agent = agent
    self.destination = destination
    self.endpoint = endpoint
    self.vendor = vendor
    self.isOwnVendor = isOwnVendor
    self.purpose = purpose
    self.method = method
    self.path = path
    self.protocolName = protocolName
    self.findings = findings
    self.bytes = bytes
    self.time = time
    self.place = place
    self.answer = answer
  }

  var shown: Destination { shownDestination ?? destination }

  /// Where the run happens; what is not known is `nil`.
  package struct Place: Sendable, Hashable {
    /// Absolute.
    package var workspace: String?
    package var hostname: String?
    /// What `~` stands for; absolute.
    package var home: String?

    package init(workspace: String? = nil, hostname: String? = nil, home: String? = nil) {
      self.workspace = workspace
      self.hostname = hostname
      self.home = home
    }
  }

  package enum Answer: Sendable, Hashable {
    case yes
    case no
    /// Nobody spoke in time, or could: it counts as no.
    case silence
  }

  var vendorID: Substring? {
    vendor.map { $0[...] } ?? endpoint?.split(separator: "/").first
  }
}
