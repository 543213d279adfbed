import EBPFKernel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a process does that control groups can watch: it opens files and talks to itself.
public enum Activity {
    /// Joins a control group, does everything once, and says whether it worked.
    ///
    /// - Parameter group: the group's directory.
    /// - Returns: an exit status, 0 if all went well.
    public static func run(in group: String) -> Int32 {
        do {
            // Whatever waits too long is ended by a signal.
            alarm(10)
            try SystemCalls.linux.open(group + "/cgroup.procs", .write).write("0".utf8)
            try files()
            try datagrams(AF_INET, .ip4())
            try datagrams(AF_INET6, .ip6())
            try names()
            try connection()
            return 0
        } catch {
            print("activity: \(error)")
            return 1
        }
    }

    /// A device and a setting of the kernel.
    private static func files() throws {
        _ = try SystemCalls.linux.contents(of: "/dev/null")
        _ = try SystemCalls.linux.contents(of: "/proc/sys/kernel/ostype")
    }

    /// UDP, without and with a connection.
    private static func datagrams(_ family: Int32, _ loopback: SocketAddress) throws {
        let receiver = try TrialSocket(family, SOCK_DGRAM)
        try receiver.bind(loopback)
        let address = try receiver.ownAddress
        let sender = try TrialSocket(family, SOCK_DGRAM)
        try sender.send([1], to: address)
        _ = try receiver.receive()
        try sender.connect(address)
        _ = try sender.peerAddress
        try sender.send([2])
        _ = try receiver.receive()
    }

    /// Sockets with names instead of ports.
    private static func names() throws {
        let receiver = try TrialSocket(AF_UNIX, SOCK_DGRAM)
        try receiver.bind(.unix("receiver"))
        let sender = try TrialSocket(AF_UNIX, SOCK_DGRAM)
        try sender.bind(.unix("sender"))
        try sender.send([1], to: .unix("receiver"))
        _ = try receiver.receive()
        try sender.connect(.unix("receiver"))
        _ = try sender.peerAddress
        _ = try sender.ownAddress
    }

    /// TCP over IPv4, with options.
    private static func connection() throws {
        let server = try TrialSocket(AF_INET, SOCK_STREAM)
        try server.bind(.ip4())
        try server.listen()
        let client = try TrialSocket(AF_INET, SOCK_STREAM)
        try client.set(SOL_SOCKET, SO_KEEPALIVE, Int32(1))
        _ = try client.get(SOL_SOCKET, SO_KEEPALIVE)
        try client.connect(try server.ownAddress)
        let accepted = try server.accept()
        try client.send([1])
        _ = try accepted.receive()
    }
}
