// Guards files by their inodes, and what is run from /tmp (LSM).
import EBPFProgram

enum File {}
let guarded = HashMap<UInt64, UInt64>(maxEntries: 64)

@section("lsm/file_open") @used
func fileOpen(_ context: SecurityContext) -> Int32 {
    let file: TrustedPointer<File> = context.object(0)
    let inode: KernelPointer<Inode> = file.untrusted.field("file.f_inode")
    let number: UInt64 = inode.field("inode.i_ino")
    guard let hits = guarded.lookup(number), Process.user != 0 else { return 0 }
    hits.pointee &+= 1
    return -13
}

@section("lsm/bprm_check_security") @used
func check(_ context: SecurityContext) -> Int32 {
    let program: TrustedPointer<File> = context.object(0)
    var name = FixedString<64>()
    name.readKernelString(at: program.untrusted.field("linux_binprm.filename"))
    if name.hasPrefix("/tmp/") { printk("exec from /tmp: \(name)"); return -1 }
    return 0
}
