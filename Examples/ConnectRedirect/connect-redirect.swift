// Sends connections for a service to the server that provides it, unnoticed by who connects
// (control group: connect4, getpeername4).
import EBPFProgram

/// An address and a port.
public struct Endpoint: BitwiseCopyable {
    public var address: IPv4Address
    public var port: UInt32

    @inline(__always)
    public init(_ address: IPv4Address, port: UInt16) {
        self.address = address
        self.port = UInt32(port)
    }
}

/// Where each service is, by the address that processes know.
let servers = HashMap<Endpoint, Endpoint>(maxEntries: 1024)

/// The service that each redirected socket believes to be connected to, by the socket's cookie.
let services = LRUHashMap<UInt64, Endpoint>(maxEntries: 16384)

let redirected = Global<UInt64>(0)

extension SocketAddressContext {
    /// The address that the process gave, or gets.
    var endpoint: Endpoint {
        get { Endpoint(address4, port: port) }
        nonmutating set {
            address4 = newValue.address
            port = UInt16(truncatingIfNeeded: newValue.port)
        }
    }
}

@section("cgroup/connect4") @used
func redirectConnection(_ context: SocketAddressContext) -> Permission {
    let service = context.endpoint
    guard let server = servers[service] else { return .allow }
    services.update(context.cookie, service)
    context.endpoint = server
    redirected.atomicAdd(1)
    return .allow
}

@section("cgroup/getpeername4") @used
func nameService(_ context: SocketAddressContext) -> Permission {
    if let service = services[context.cookie] {
        context.endpoint = service
    }
    return .allow
}
