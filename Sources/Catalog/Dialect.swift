/// The words a client understands: a blocked request is answered in them, so that the agent shows why.
package enum Dialect: String, Sendable, Hashable, CaseIterable {
  case anthropicMessages = "anthropic-messages"
  case openAIChat = "openai-chat"
  case openAIResponses = "openai-responses"
  case mistralChat = "mistral-chat"
  case googleGenerate = "google-generate"
  case ollama
  /// JSON requests with event-stream answers, as Bedrock and Amazon Q speak them.
  case aws
  /// Connect or gRPC, as Cursor speaks it.
  case connect
  case git
}
