package import Decoding
package import Evidence
package struct Redacted { package var bytes: [UInt8] }
package func redact(_ body: [UInt8], content: ContentDescription, findings: [Finding]) -> Redacted? { nil }
