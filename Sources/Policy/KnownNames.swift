/// Names that the catalogue knows, against which a policy's are checked; an empty list checks nothing.
package struct KnownNames: Sendable {
  package var agents: [String]
  package var vendors: [String]
  package var endpoints: [String]

  package init(agents: [String] = [], vendors: [String] = [], endpoints: [String] = []) {
    self.agents = agents
    self.vendors = vendors
    self.endpoints = endpoints
  }
}
