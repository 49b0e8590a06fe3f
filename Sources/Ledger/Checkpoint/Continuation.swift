/// That the log of an earlier checkpoint is the beginning of the log of a newer one, for somebody who has the earlier one.
///
/// Written as the request by which a witness is asked for its signature (C2SP tlog-witness, add-checkpoint): `old <size>`,
/// the hashes of the consistency proof (RFC 9162 §2.1.4), an empty line, the newer checkpoint.
package struct Continuation: Sendable, Hashable {
  package let proof: ConsistencyProof
  /// The newer checkpoint, byte for byte.
  package let checkpoint: [UInt8]

  package init(proof: ConsistencyProof, checkpoint: [UInt8]) {
    self.proof = proof
    self.checkpoint = checkpoint
  }

  package var bytes: [UInt8] {
    let lines = ["old \(proof.oldSize)"] + proof.hashes.map(\.base64)
    return Array((lines.joined(separator: "\n") + "\n\n").utf8) + checkpoint
  }
}
