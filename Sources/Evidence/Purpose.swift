/// What an exchange is for. Hosts are shared between purposes; the catalogue tells them apart.
package enum Purpose: String, Sendable, Hashable, CaseIterable {
  /// Prompts and completions.
  case model
  /// Usage events, metrics, crash reports.
  case telemetry
  /// Feature flags and experiments that a vendor can turn remotely.
  case flags
  /// New releases of the tool, its plug-ins and its language servers.
  case update
  /// Signing in and asking who is signed in.
  case auth
  /// Packages: PyPI, npm, crates, container images, plug-in marketplaces.
  case registry
  /// Settings, model lists, prices and policies fetched by the tool.
  case config
  /// Web pages and other sites that the tool or the commands it starts ask for.
  case web
  /// Nothing in the catalogue describes it.
  case unknown
}
