package import Catalog
package import Policy

extension KnownNames {
  /// The catalogue's names, so that a policy which misspells one is told.
  package init(_ knowledge: Knowledge) {
    self.init(
      agents: knowledge.agents.map(\.id), vendors: knowledge.vendors.map(\.id), endpoints: knowledge.endpointNames)
  }
}
