// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "kernel-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-ebpf", path: "../..")],
    targets: [
        .executableTarget(
            name: "bench-swift", dependencies: [.product(name: "EBPF", package: "swift-ebpf")],
            // Without shared libraries, and at a fixed address, nothing has to be adapted when the
            // program starts, so that its constant data stays shared with the file.
            // What it changes nevertheless is put side by side: see Benchmarks/hot-data.
            linkerSettings: [
                .unsafeFlags([
                    "-static-executable", "-use-ld=lld", "-Xlinker", "--no-warn-symbol-ordering",
                    "-Xlinker",
                    "--symbol-ordering-file=\(Context.packageDirectory)/hot-data.txt",
                ])
            ])
    ]
)
