/// A place that programs read certificate authorities from, over which the merged bundle is put.
package struct TrustFile: Sendable, Hashable {
  package let path: String
  package let source: FactSource
}
