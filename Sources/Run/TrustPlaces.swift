/// Where the sandbox's trust is to be found inside it.
enum TrustPlaces {
  /// The merged bundle, which is bind-mounted over the system's own.
  static let bundle = "/etc/ssl/certs/ca-certificates.crt"
}
