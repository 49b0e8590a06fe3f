internal import Testing

@Suite struct Empty {}
