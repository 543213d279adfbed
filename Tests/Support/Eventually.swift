/// Whether something comes true within ten seconds, asked again and again.
///
/// For what the kernel ends when the last copy of a descriptor is closed: a process that another
/// test is just starting has copies of all until it runs its own program.
public func eventually(_ condition: () throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while try !condition() {
        guard ContinuousClock.now < deadline else { return false }
        try await Task.sleep(for: .milliseconds(2))
    }
    return true
}
