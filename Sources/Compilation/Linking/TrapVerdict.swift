import EBPFBytecode

/// What a function returns where a check fails.
///
/// 0 is a verdict of every kind of program, but for some at control groups: no answer that an
/// application waits for may be taken away. What 0 means is the kind's: XDP drops the packet as
/// `XDP_ABORTED`, TC lets it pass, filters of sockets drop it, hooks of control groups refuse.
enum TrapVerdict {
    /// The verdict of a program; a function that is called says that it failed, and a closure that
    /// the kernel calls back ends the loop.
    static func value(_ function: LinkedFunction) -> Int64 {
        if let callback = function.callback { return callback == .timer ? 0 : 1 }
        guard function.isProgram else { return Int64(bitPattern: FailedCalls.mark) }
        guard let section = SectionName(function.section) else { return 0 }
        return section.attachType.map { mustReturnOne.contains($0) } ?? false ? 1 : 0
    }

    /// Where the verifier takes no verdict but 1 (`check_return_code`: Linux 5.2 to 6.18).
    private static let mustReturnOne: Set<AttachType> = [
        .cgroupUDP4ReceiveMessage, .cgroupUDP6ReceiveMessage, .cgroupUnixReceiveMessage,
        .cgroupInet4GetPeerName, .cgroupInet6GetPeerName, .cgroupUnixGetPeerName,
        .cgroupInet4GetSocketName, .cgroupInet6GetSocketName, .cgroupUnixGetSocketName,
    ]
}
