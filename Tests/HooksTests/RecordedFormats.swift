/// The texts of `events/GROUP/NAME/format` of Linux 6.18 (x86-64), without the last line, which says
/// how records are printed.
enum RecordedFormats {
    /// `sched:sched_process_exec`
    static let processExec = """
        name: sched_process_exec
        ID: 365
        format:
        \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
        \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
        \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
        \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

        \tfield:__data_loc char[] filename;\toffset:8;\tsize:4;\tsigned:0;
        \tfield:pid_t pid;\toffset:12;\tsize:4;\tsigned:1;
        \tfield:pid_t old_pid;\toffset:16;\tsize:4;\tsigned:1;
        """

    /// `syscalls:sys_enter_execve`
    static let enterExecve = """
        name: sys_enter_execve
        ID: 862
        format:
        \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
        \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
        \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
        \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

        \tfield:int __syscall_nr;\toffset:8;\tsize:4;\tsigned:1;
        \tfield:const char * filename;\toffset:16;\tsize:8;\tsigned:0;
        \tfield:const char *const * argv;\toffset:24;\tsize:8;\tsigned:0;
        \tfield:const char *const * envp;\toffset:32;\tsize:8;\tsigned:0;
        """

    /// `tcp:tcp_probe`
    static let tcpProbe = """
        name: tcp_probe
        ID: 2273
        format:
        \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
        \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
        \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
        \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

        \tfield:__u8 saddr[28];\toffset:8;\tsize:28;\tsigned:0;
        \tfield:__u8 daddr[28];\toffset:36;\tsize:28;\tsigned:0;
        \tfield:__u16 sport;\toffset:64;\tsize:2;\tsigned:0;
        \tfield:__u16 dport;\toffset:66;\tsize:2;\tsigned:0;
        \tfield:__u16 family;\toffset:68;\tsize:2;\tsigned:0;
        \tfield:__u32 mark;\toffset:72;\tsize:4;\tsigned:0;
        \tfield:__u16 data_len;\toffset:76;\tsize:2;\tsigned:0;
        \tfield:__u32 snd_nxt;\toffset:80;\tsize:4;\tsigned:0;
        \tfield:__u32 snd_una;\toffset:84;\tsize:4;\tsigned:0;
        \tfield:__u32 snd_cwnd;\toffset:88;\tsize:4;\tsigned:0;
        \tfield:__u32 ssthresh;\toffset:92;\tsize:4;\tsigned:0;
        \tfield:__u32 snd_wnd;\toffset:96;\tsize:4;\tsigned:0;
        \tfield:__u32 srtt;\toffset:100;\tsize:4;\tsigned:0;
        \tfield:__u32 rcv_wnd;\toffset:104;\tsize:4;\tsigned:0;
        \tfield:__u64 sock_cookie;\toffset:112;\tsize:8;\tsigned:0;
        \tfield:const void * skbaddr;\toffset:120;\tsize:8;\tsigned:0;
        \tfield:const void * skaddr;\toffset:128;\tsize:8;\tsigned:0;
        """

    /// `block:block_rq_issue`
    static let blockIssue = """
        name: block_rq_issue
        ID: 2104
        format:
        \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
        \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
        \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
        \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

        \tfield:dev_t dev;\toffset:8;\tsize:4;\tsigned:0;
        \tfield:sector_t sector;\toffset:16;\tsize:8;\tsigned:0;
        \tfield:unsigned int nr_sector;\toffset:24;\tsize:4;\tsigned:0;
        \tfield:unsigned int bytes;\toffset:28;\tsize:4;\tsigned:0;
        \tfield:unsigned short ioprio;\toffset:32;\tsize:2;\tsigned:0;
        \tfield:char rwbs[10];\toffset:34;\tsize:10;\tsigned:0;
        \tfield:char comm[16];\toffset:44;\tsize:16;\tsigned:0;
        \tfield:__data_loc char[] cmd;\toffset:60;\tsize:4;\tsigned:0;
        """
}
