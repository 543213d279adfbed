/// What there is to say about an attachment besides its place; hooks take what concerns them.
public struct AttachOptions: Hashable, Sendable {
    /// A number that the program can ask for (`bpf_get_attach_cookie`): tracepoints, probes, typed
    /// functions.
    public var cookie: UInt64
    /// The process whose calls are seen, for probes in applications and perf events; `nil` for all,
    /// 0 for this one.
    public var process: Int32?

    /// No cookie, and all processes, unless said otherwise.
    public init(cookie: UInt64 = 0, process: Int32? = nil) {
        self.cookie = cookie
        self.process = process
    }
}
