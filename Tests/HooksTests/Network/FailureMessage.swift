import EBPFHooks

/// What a failed attachment says; empty if it did not fail.
func failureMessage(_ body: () throws -> Link) -> String {
    do {
        _ = try body()
        return ""
    } catch { return "\(error)" }
}

/// What a failed action says; empty if it did not fail.
func failureMessage(_ body: () throws -> Void) -> String {
    do {
        try body()
        return ""
    } catch { return "\(error)" }
}

/// What a failed end of an attachment says; empty if it did not fail.
func failureMessage(ofDetaching link: consuming Link) -> String {
    do {
        try link.detach()
        return ""
    } catch { return "\(error)" }
}
