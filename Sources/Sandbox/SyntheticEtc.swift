internal import Confinement

/// The sandbox's own `/etc`: what programs need in order to work, and nothing of who or where the user is.
package enum SyntheticEtc {
  /// Files by their name in `/etc`.
  package static func files(home: String, hostName: String) -> [String: [UInt8]] {
    let inner = Identity.inner
    let texts = [
      "passwd": """
      root:x:0:0:root:/root:/bin/sh
      user:x:\(inner.user):\(inner.group):user:\(home):/bin/bash
      nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin

      """,
      "group": "root:x:0:\nuser:x:\(inner.group):\nnogroup:x:65534:\n",
      "hosts": "127.0.0.1 localhost \(hostName)\n::1 localhost ip6-localhost ip6-loopback\n",
      "hostname": "\(hostName)\n",
      "resolv.conf": "nameserver \(resolver)\noptions timeout:3 attempts:2\n",
      "nsswitch.conf":
        "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\nservices: files\nprotocols: files\n",
      "os-release": "NAME=Linux\nID=linux\nPRETTY_NAME=Linux\n",
      "machine-id": machineID() + "\n",
    ]
    return texts.mapValues { Array($0.utf8) }
  }

  /// The resolver's address inside. Any other would do as well: port 53 of every address is answered.
  package static let resolver = "127.0.0.53"

  /// New for each run, so that it ties nothing together (machine-id(5)).
  private static func machineID() -> String {
    (0..<32).map { _ in String(Int.random(in: 0..<16), radix: 16) }.joined()
  }

  /// What is taken from the host as it is: about the system's software, not about the user or the machine.
  static let fromHost = [
    "alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "ld.so.preload", "localtime", "timezone", "terminfo",
    "bash.bashrc", "bashrc", "profile", "inputrc", "mime.types", "magic", "services", "protocols", "gai.conf",
    "host.conf",
    "locale.alias", "locale.conf", "default/locale", "ssl/openssl.cnf", "pki/tls/openssl.cnf", "crypto-policies",
    "debian_version", "java", "python3", "perl", "fonts", "shells", "zsh", "fish", "vim", "nix",
  ]

  /// The places where distributions keep the trusted certificates as one file.
  static let certificateFiles = [
    "ssl/certs/ca-certificates.crt", "ssl/cert.pem", "ssl/ca-bundle.pem", "pki/tls/certs/ca-bundle.crt",
    "pki/tls/cert.pem", "pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  ]
}
