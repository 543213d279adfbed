extension HeaderSet {
    /// All headers of this package.
    public static let standard = HeaderSet(library + kernel + network)

    /// What libbpf's development package would bring.
    private static let library: [HeaderFile] = [
        .bpfHelpers, .bpfHelperDefinitions, .bpfPrint, .bpfLoops, .bpfEndian,
        .bpfCoreRead, .bpfTracing, .bpfRegisters, .usdt,
    ]

    /// What the kernel's and the C library's development packages would bring.
    private static let kernel: [HeaderFile] = [
        .vmlinux,
        .linuxBPF, .linuxBPFCommon, .linuxTypes, .asmTypes, .linuxPosixTypes, .linuxStddef,
        .linuxCompiler, .asmByteOrder, .linuxSwab, .linuxVersion, .string, .linuxString,
        .sysTypes, .errno, .linuxErrno, .asmGenericErrno, .asmGenericErrnoBase, .linuxSched,
        .asmErrno, .linuxLimits, .asmPtrace, .linuxPtrace,
        .asmBPFPerfEvent,
        .linuxBPFPerfEvent, .linuxPerfEvent, .linuxBTF, .linuxFilter,
    ]

    /// Packets and sockets.
    private static let network: [HeaderFile] = [
        .linuxIfEther, .linuxIfVlan, .linuxIfPacket, .linuxIfArp, .linuxIP, .linuxIPv6, .linuxIn,
        .linuxIn6, .linuxTCP, .linuxUDP, .linuxICMP, .linuxICMPv6, .linuxIGMP, .linuxPktCls,
        .linuxPktSched, .linuxSocket, .sysSocket, .netinetIn, .arpaInet, .linuxIf,
        .linuxIfLink, .linuxIfTunnel, .linuxMPLS, .linuxNetfilter, .netEthernet, .netIf,
    ]
}
