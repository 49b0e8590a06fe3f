internal import Evidence

extension Destination {
  /// Whether the server begins in the protocol of this port: a client that says nothing is then no slow one, and is told
  /// at once where it may not go. FTP, SSH, SMTP and submission, POP3, NNTP, IMAP, MySQL, VNC (IANA's register).
  var serverSpeaksFirst: Bool { [21, 22, 25, 110, 119, 143, 587, 3306, 5900].contains(port) }
}
