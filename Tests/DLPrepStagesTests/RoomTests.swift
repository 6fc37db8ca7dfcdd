import Testing

@Test func itBuilds() { #expect(Bool(true)) }
