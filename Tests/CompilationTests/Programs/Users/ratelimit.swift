// Token bucket by source, IPv4 and IPv6, at cgroup ingress or XDP.
import EBPFProgram

struct Source { var address: IPv6Address }
struct Bucket { var lock: SpinLock; var tokens: UInt32; var last: UInt64 }
let buckets = HashMap<Source, Bucket>(maxEntries: 65536)
let perSecond = Config<UInt64>(1000)
let burst = Config<UInt32>(100)
let dropped = PerCPUArray<UInt64>(maxEntries: 1)

func source(_ packet: XDPContext) -> Source? {
    guard let ethernet = packet.header(Ethernet.self) else { return nil }
    switch ethernet.value.type {
    case .ipv4:
        guard let ip = packet.header(IPv4.self, at: 14) else { return nil }
        return Source(
            address: IPv6Address(mapping: ip.value.source))
    case .ipv6:
        guard let ip = packet.header(IPv6.self, at: 14) else { return nil }
        return Source(address: ip.value.source)
    default: return nil
    }
}

@section("xdp") @used
func limit(_ packet: XDPContext) -> XDPAction {
    guard let key = source(packet) else { return .pass }
    let now = KernelTime.sinceBoot
    guard let bucket = buckets.lookup(key) else {
        buckets.update(key, Bucket(lock: SpinLock(), tokens: burst.value - 1, last: now), .ifAbsent)
        return .pass
    }
    var allowed = false
    bucket.pointee.lock.withLock {
        let elapsed = now - bucket.pointee.last
        let refill = elapsed * perSecond.value / 1_000_000_000
        if refill > 0 {
            bucket.pointee.tokens = UInt32(
                min(UInt64(burst.value), UInt64(bucket.pointee.tokens) + refill))
            bucket.pointee.last = now
        }
        if bucket.pointee.tokens > 0 {
            bucket.pointee.tokens -= 1
            allowed = true
        }
    }
    if !allowed { dropped[0, default: 0] += 1 }
    return allowed ? .pass : .drop
}
