// Written by `RECORD=1 swift test --filter NotationTests` from the output of llvm-objdump.

/// Slots as little-endian numbers, then LLVM's text with decimal and hexadecimal numbers.
let goldenNotation = """
    210c ~ w1 += w2
    500000104 ~ w1 += 5
    ~ w1 += 0x5
    edcba98800000104 ~ w1 += -305419896
    ~ w1 += -0x12345678
    210f ~ r1 += r2
    500000107 ~ r1 += 5
    ~ r1 += 0x5
    edcba98800000107 ~ r1 += -305419896
    ~ r1 += -0x12345678
    211c ~ w1 -= w2
    500000114 ~ w1 -= 5
    ~ w1 -= 0x5
    edcba98800000114 ~ w1 -= -305419896
    ~ w1 -= -0x12345678
    211f ~ r1 -= r2
    500000117 ~ r1 -= 5
    ~ r1 -= 0x5
    edcba98800000117 ~ r1 -= -305419896
    ~ r1 -= -0x12345678
    212c ~ w1 *= w2
    500000124 ~ w1 *= 5
    ~ w1 *= 0x5
    edcba98800000124 ~ w1 *= -305419896
    ~ w1 *= -0x12345678
    212f ~ r1 *= r2
    500000127 ~ r1 *= 5
    ~ r1 *= 0x5
    edcba98800000127 ~ r1 *= -305419896
    ~ r1 *= -0x12345678
    213c ~ w1 /= w2
    500000134 ~ w1 /= 5
    ~ w1 /= 0x5
    edcba98800000134 ~ w1 /= -305419896
    ~ w1 /= -0x12345678
    213f ~ r1 /= r2
    500000137 ~ r1 /= 5
    ~ r1 /= 0x5
    edcba98800000137 ~ r1 /= -305419896
    ~ r1 /= -0x12345678
    214c ~ w1 |= w2
    500000144 ~ w1 |= 5
    ~ w1 |= 0x5
    edcba98800000144 ~ w1 |= -305419896
    ~ w1 |= -0x12345678
    214f ~ r1 |= r2
    500000147 ~ r1 |= 5
    ~ r1 |= 0x5
    edcba98800000147 ~ r1 |= -305419896
    ~ r1 |= -0x12345678
    215c ~ w1 &= w2
    500000154 ~ w1 &= 5
    ~ w1 &= 0x5
    edcba98800000154 ~ w1 &= -305419896
    ~ w1 &= -0x12345678
    215f ~ r1 &= r2
    500000157 ~ r1 &= 5
    ~ r1 &= 0x5
    edcba98800000157 ~ r1 &= -305419896
    ~ r1 &= -0x12345678
    216c ~ w1 <<= w2
    500000164 ~ w1 <<= 5
    ~ w1 <<= 0x5
    edcba98800000164 ~ w1 <<= -305419896
    ~ w1 <<= -0x12345678
    216f ~ r1 <<= r2
    500000167 ~ r1 <<= 5
    ~ r1 <<= 0x5
    edcba98800000167 ~ r1 <<= -305419896
    ~ r1 <<= -0x12345678
    217c ~ w1 >>= w2
    500000174 ~ w1 >>= 5
    ~ w1 >>= 0x5
    edcba98800000174 ~ w1 >>= -305419896
    ~ w1 >>= -0x12345678
    217f ~ r1 >>= r2
    500000177 ~ r1 >>= 5
    ~ r1 >>= 0x5
    edcba98800000177 ~ r1 >>= -305419896
    ~ r1 >>= -0x12345678
    219c ~ w1 %= w2
    500000194 ~ w1 %= 5
    ~ w1 %= 0x5
    edcba98800000194 ~ w1 %= -305419896
    ~ w1 %= -0x12345678
    219f ~ r1 %= r2
    500000197 ~ r1 %= 5
    ~ r1 %= 0x5
    edcba98800000197 ~ r1 %= -305419896
    ~ r1 %= -0x12345678
    21ac ~ w1 ^= w2
    5000001a4 ~ w1 ^= 5
    ~ w1 ^= 0x5
    edcba988000001a4 ~ w1 ^= -305419896
    ~ w1 ^= -0x12345678
    21af ~ r1 ^= r2
    5000001a7 ~ r1 ^= 5
    ~ r1 ^= 0x5
    edcba988000001a7 ~ r1 ^= -305419896
    ~ r1 ^= -0x12345678
    21cc ~ w1 s>>= w2
    5000001c4 ~ w1 s>>= 5
    ~ w1 s>>= 0x5
    edcba988000001c4 ~ w1 s>>= -305419896
    ~ w1 s>>= -0x12345678
    21cf ~ r1 s>>= r2
    5000001c7 ~ r1 s>>= 5
    ~ r1 s>>= 0x5
    edcba988000001c7 ~ r1 s>>= -305419896
    ~ r1 s>>= -0x12345678
    1213c ~ w1 s/= w2
    500010134 ~ w1 s/= 5
    ~ w1 s/= 0x5
    edcba98800010134 ~ w1 s/= -305419896
    ~ w1 s/= -0x12345678
    1213f ~ r1 s/= r2
    500010137 ~ r1 s/= 5
    ~ r1 s/= 0x5
    edcba98800010137 ~ r1 s/= -305419896
    ~ r1 s/= -0x12345678
    1219c ~ w1 s%= w2
    500010194 ~ w1 s%= 5
    ~ w1 s%= 0x5
    edcba98800010194 ~ w1 s%= -305419896
    ~ w1 s%= -0x12345678
    1219f ~ r1 s%= r2
    500010197 ~ r1 s%= 5
    ~ r1 s%= 0x5
    edcba98800010197 ~ r1 s%= -305419896
    ~ r1 s%= -0x12345678
    984 ~ w9 = -w9
    20bc ~ w0 = w2
    5000000b4 ~ w0 = 5
    ~ w0 = 0x5
    edcba988000000b4 ~ w0 = -305419896
    ~ w0 = -0x12345678
    8a1bc ~ w1 = (s8)w10
    10a1bc ~ w1 = (s16)w10
    987 ~ r9 = -r9
    20bf ~ r0 = r2
    5000000b7 ~ r0 = 5
    ~ r0 = 0x5
    edcba988000000b7 ~ r0 = -305419896
    ~ r0 = -0x12345678
    8a1bf ~ r1 = (s8)r10
    10a1bf ~ r1 = (s16)r10
    2021bf ~ r1 = (s32)r2
    10000000121bf ~ r1 = addr_space_cast(r2, 1, 0)
    ~ r1 = addr_space_cast(r2, 0x1, 0x0)
    ffff000121bf ~ r1 = addr_space_cast(r2, 0, 65535)
    ~ r1 = addr_space_cast(r2, 0x0, 0xffff)
    10000004d4 ~ r4 = le16 r4
    10000005dc ~ r5 = be16 r5
    10000006d7 ~ r6 = bswap16 r6
    20000004d4 ~ r4 = le32 r4
    20000005dc ~ r5 = be32 r5
    20000006d7 ~ r6 = bswap32 r6
    40000004d4 ~ r4 = le64 r4
    40000005dc ~ r5 = be64 r5
    40000006d7 ~ r6 = bswap64 r6
    a271e ~ if w7 == w2 goto +10
    ~ if w7 == w2 goto +0xa
    5000a0716 ~ if w7 == 5 goto +10
    ~ if w7 == 0x5 goto +0xa
    edcba988000a0716 ~ if w7 == -305419896 goto +10
    ~ if w7 == -0x12345678 goto +0xa
    a271d ~ if r7 == r2 goto +10
    ~ if r7 == r2 goto +0xa
    5000a0715 ~ if r7 == 5 goto +10
    ~ if r7 == 0x5 goto +0xa
    edcba988000a0715 ~ if r7 == -305419896 goto +10
    ~ if r7 == -0x12345678 goto +0xa
    a275e ~ if w7 != w2 goto +10
    ~ if w7 != w2 goto +0xa
    5000a0756 ~ if w7 != 5 goto +10
    ~ if w7 != 0x5 goto +0xa
    edcba988000a0756 ~ if w7 != -305419896 goto +10
    ~ if w7 != -0x12345678 goto +0xa
    a275d ~ if r7 != r2 goto +10
    ~ if r7 != r2 goto +0xa
    5000a0755 ~ if r7 != 5 goto +10
    ~ if r7 != 0x5 goto +0xa
    edcba988000a0755 ~ if r7 != -305419896 goto +10
    ~ if r7 != -0x12345678 goto +0xa
    a272e ~ if w7 > w2 goto +10
    ~ if w7 > w2 goto +0xa
    5000a0726 ~ if w7 > 5 goto +10
    ~ if w7 > 0x5 goto +0xa
    edcba988000a0726 ~ if w7 > -305419896 goto +10
    ~ if w7 > -0x12345678 goto +0xa
    a272d ~ if r7 > r2 goto +10
    ~ if r7 > r2 goto +0xa
    5000a0725 ~ if r7 > 5 goto +10
    ~ if r7 > 0x5 goto +0xa
    edcba988000a0725 ~ if r7 > -305419896 goto +10
    ~ if r7 > -0x12345678 goto +0xa
    a273e ~ if w7 >= w2 goto +10
    ~ if w7 >= w2 goto +0xa
    5000a0736 ~ if w7 >= 5 goto +10
    ~ if w7 >= 0x5 goto +0xa
    edcba988000a0736 ~ if w7 >= -305419896 goto +10
    ~ if w7 >= -0x12345678 goto +0xa
    a273d ~ if r7 >= r2 goto +10
    ~ if r7 >= r2 goto +0xa
    5000a0735 ~ if r7 >= 5 goto +10
    ~ if r7 >= 0x5 goto +0xa
    edcba988000a0735 ~ if r7 >= -305419896 goto +10
    ~ if r7 >= -0x12345678 goto +0xa
    a27ae ~ if w7 < w2 goto +10
    ~ if w7 < w2 goto +0xa
    5000a07a6 ~ if w7 < 5 goto +10
    ~ if w7 < 0x5 goto +0xa
    edcba988000a07a6 ~ if w7 < -305419896 goto +10
    ~ if w7 < -0x12345678 goto +0xa
    a27ad ~ if r7 < r2 goto +10
    ~ if r7 < r2 goto +0xa
    5000a07a5 ~ if r7 < 5 goto +10
    ~ if r7 < 0x5 goto +0xa
    edcba988000a07a5 ~ if r7 < -305419896 goto +10
    ~ if r7 < -0x12345678 goto +0xa
    a27be ~ if w7 <= w2 goto +10
    ~ if w7 <= w2 goto +0xa
    5000a07b6 ~ if w7 <= 5 goto +10
    ~ if w7 <= 0x5 goto +0xa
    edcba988000a07b6 ~ if w7 <= -305419896 goto +10
    ~ if w7 <= -0x12345678 goto +0xa
    a27bd ~ if r7 <= r2 goto +10
    ~ if r7 <= r2 goto +0xa
    5000a07b5 ~ if r7 <= 5 goto +10
    ~ if r7 <= 0x5 goto +0xa
    edcba988000a07b5 ~ if r7 <= -305419896 goto +10
    ~ if r7 <= -0x12345678 goto +0xa
    a276e ~ if w7 s> w2 goto +10
    ~ if w7 s> w2 goto +0xa
    5000a0766 ~ if w7 s> 5 goto +10
    ~ if w7 s> 0x5 goto +0xa
    edcba988000a0766 ~ if w7 s> -305419896 goto +10
    ~ if w7 s> -0x12345678 goto +0xa
    a276d ~ if r7 s> r2 goto +10
    ~ if r7 s> r2 goto +0xa
    5000a0765 ~ if r7 s> 5 goto +10
    ~ if r7 s> 0x5 goto +0xa
    edcba988000a0765 ~ if r7 s> -305419896 goto +10
    ~ if r7 s> -0x12345678 goto +0xa
    a277e ~ if w7 s>= w2 goto +10
    ~ if w7 s>= w2 goto +0xa
    5000a0776 ~ if w7 s>= 5 goto +10
    ~ if w7 s>= 0x5 goto +0xa
    edcba988000a0776 ~ if w7 s>= -305419896 goto +10
    ~ if w7 s>= -0x12345678 goto +0xa
    a277d ~ if r7 s>= r2 goto +10
    ~ if r7 s>= r2 goto +0xa
    5000a0775 ~ if r7 s>= 5 goto +10
    ~ if r7 s>= 0x5 goto +0xa
    edcba988000a0775 ~ if r7 s>= -305419896 goto +10
    ~ if r7 s>= -0x12345678 goto +0xa
    a27ce ~ if w7 s< w2 goto +10
    ~ if w7 s< w2 goto +0xa
    5000a07c6 ~ if w7 s< 5 goto +10
    ~ if w7 s< 0x5 goto +0xa
    edcba988000a07c6 ~ if w7 s< -305419896 goto +10
    ~ if w7 s< -0x12345678 goto +0xa
    a27cd ~ if r7 s< r2 goto +10
    ~ if r7 s< r2 goto +0xa
    5000a07c5 ~ if r7 s< 5 goto +10
    ~ if r7 s< 0x5 goto +0xa
    edcba988000a07c5 ~ if r7 s< -305419896 goto +10
    ~ if r7 s< -0x12345678 goto +0xa
    a27de ~ if w7 s<= w2 goto +10
    ~ if w7 s<= w2 goto +0xa
    5000a07d6 ~ if w7 s<= 5 goto +10
    ~ if w7 s<= 0x5 goto +0xa
    edcba988000a07d6 ~ if w7 s<= -305419896 goto +10
    ~ if w7 s<= -0x12345678 goto +0xa
    a27dd ~ if r7 s<= r2 goto +10
    ~ if r7 s<= r2 goto +0xa
    5000a07d5 ~ if r7 s<= 5 goto +10
    ~ if r7 s<= 0x5 goto +0xa
    edcba988000a07d5 ~ if r7 s<= -305419896 goto +10
    ~ if r7 s<= -0x12345678 goto +0xa
    a274e ~ if w7 & w2 goto +10
    ~ if w7 & w2 goto +0xa
    5000a0746 ~ if w7 & 5 goto +10
    ~ if w7 & 0x5 goto +0xa
    edcba988000a0746 ~ if w7 & -305419896 goto +10
    ~ if w7 & -0x12345678 goto +0xa
    a274d ~ if r7 & r2 goto +10
    ~ if r7 & r2 goto +0xa
    5000a0745 ~ if r7 & 5 goto +10
    ~ if r7 & 0x5 goto +0xa
    edcba988000a0745 ~ if r7 & -305419896 goto +10
    ~ if r7 & -0x12345678 goto +0xa
    5 ~ goto +0
    ~ goto +0x0
    80000005 ~ goto -32768
    ~ goto -0x8000
    7fff0005 ~ goto +32767
    ~ goto +0x7fff
    6 ~ gotol +0
    ~ gotol +0x0
    8000000000000006 ~ gotol -2147483648
    ~ gotol -0x80000000
    7fffffff00000006 ~ gotol +2147483647
    ~ gotol +0x7fffffff
    8ffff0116 ~ if w1 == 8 goto -1
    ~ if w1 == 0x8 goto -0x1
    100e5 ~ may_goto +1
    ~ may_goto +0x1
    ffec00e5 ~ may_goto -20
    ~ may_goto -0x14
    100000085 ~ call 1
    ~ call 0x1
    d300000085 ~ call 211
    ~ call 0xd3
    38d ~ callx r3
    95 ~ exit
    2171 ~ w1 = *(u8 *)(r2 + 0)
    ~ w1 = *(u8 *)(r2 + 0x0)
    4273 ~ *(u8 *)(r2 + 0) = w4
    ~ *(u8 *)(r2 + 0x0) = w4
    fffffffe00000272 ~ *(u8 *)(r2 + 0) = -2
    ~ *(u8 *)(r2 + 0x0) = -0x2
    100000021d3 ~ w1 = load_acquire((u8 *)(r2 + 0))
    ~ w1 = load_acquire((u8 *)(r2 + 0x0))
    110000042d3 ~ store_release((u8 *)(r2 + 0), w4)
    ~ store_release((u8 *)(r2 + 0x0), w4)
    2191 ~ r1 = *(s8 *)(r2 + 0)
    ~ r1 = *(s8 *)(r2 + 0x0)
    2169 ~ w1 = *(u16 *)(r2 + 0)
    ~ w1 = *(u16 *)(r2 + 0x0)
    426b ~ *(u16 *)(r2 + 0) = w4
    ~ *(u16 *)(r2 + 0x0) = w4
    fffffffe0000026a ~ *(u16 *)(r2 + 0) = -2
    ~ *(u16 *)(r2 + 0x0) = -0x2
    100000021cb ~ w1 = load_acquire((u16 *)(r2 + 0))
    ~ w1 = load_acquire((u16 *)(r2 + 0x0))
    110000042cb ~ store_release((u16 *)(r2 + 0), w4)
    ~ store_release((u16 *)(r2 + 0x0), w4)
    2189 ~ r1 = *(s16 *)(r2 + 0)
    ~ r1 = *(s16 *)(r2 + 0x0)
    2161 ~ w1 = *(u32 *)(r2 + 0)
    ~ w1 = *(u32 *)(r2 + 0x0)
    4263 ~ *(u32 *)(r2 + 0) = w4
    ~ *(u32 *)(r2 + 0x0) = w4
    fffffffe00000262 ~ *(u32 *)(r2 + 0) = -2
    ~ *(u32 *)(r2 + 0x0) = -0x2
    100000021c3 ~ w1 = load_acquire((u32 *)(r2 + 0))
    ~ w1 = load_acquire((u32 *)(r2 + 0x0))
    110000042c3 ~ store_release((u32 *)(r2 + 0), w4)
    ~ store_release((u32 *)(r2 + 0x0), w4)
    2181 ~ r1 = *(s32 *)(r2 + 0)
    ~ r1 = *(s32 *)(r2 + 0x0)
    2179 ~ r1 = *(u64 *)(r2 + 0)
    ~ r1 = *(u64 *)(r2 + 0x0)
    427b ~ *(u64 *)(r2 + 0) = r4
    ~ *(u64 *)(r2 + 0x0) = r4
    fffffffe0000027a ~ *(u64 *)(r2 + 0) = -2
    ~ *(u64 *)(r2 + 0x0) = -0x2
    100000021db ~ r1 = load_acquire((u64 *)(r2 + 0))
    ~ r1 = load_acquire((u64 *)(r2 + 0x0))
    110000042db ~ store_release((u64 *)(r2 + 0), r4)
    ~ store_release((u64 *)(r2 + 0x0), r4)
    7fff3171 ~ w1 = *(u8 *)(r3 + 32767)
    ~ w1 = *(u8 *)(r3 + 0x7fff)
    7fff4373 ~ *(u8 *)(r3 + 32767) = w4
    ~ *(u8 *)(r3 + 0x7fff) = w4
    fffffffe7fff0372 ~ *(u8 *)(r3 + 32767) = -2
    ~ *(u8 *)(r3 + 0x7fff) = -0x2
    1007fff31d3 ~ w1 = load_acquire((u8 *)(r3 + 32767))
    ~ w1 = load_acquire((u8 *)(r3 + 0x7fff))
    1107fff43d3 ~ store_release((u8 *)(r3 + 32767), w4)
    ~ store_release((u8 *)(r3 + 0x7fff), w4)
    7fff3191 ~ r1 = *(s8 *)(r3 + 32767)
    ~ r1 = *(s8 *)(r3 + 0x7fff)
    7fff3169 ~ w1 = *(u16 *)(r3 + 32767)
    ~ w1 = *(u16 *)(r3 + 0x7fff)
    7fff436b ~ *(u16 *)(r3 + 32767) = w4
    ~ *(u16 *)(r3 + 0x7fff) = w4
    fffffffe7fff036a ~ *(u16 *)(r3 + 32767) = -2
    ~ *(u16 *)(r3 + 0x7fff) = -0x2
    1007fff31cb ~ w1 = load_acquire((u16 *)(r3 + 32767))
    ~ w1 = load_acquire((u16 *)(r3 + 0x7fff))
    1107fff43cb ~ store_release((u16 *)(r3 + 32767), w4)
    ~ store_release((u16 *)(r3 + 0x7fff), w4)
    7fff3189 ~ r1 = *(s16 *)(r3 + 32767)
    ~ r1 = *(s16 *)(r3 + 0x7fff)
    7fff3161 ~ w1 = *(u32 *)(r3 + 32767)
    ~ w1 = *(u32 *)(r3 + 0x7fff)
    7fff4363 ~ *(u32 *)(r3 + 32767) = w4
    ~ *(u32 *)(r3 + 0x7fff) = w4
    fffffffe7fff0362 ~ *(u32 *)(r3 + 32767) = -2
    ~ *(u32 *)(r3 + 0x7fff) = -0x2
    1007fff31c3 ~ w1 = load_acquire((u32 *)(r3 + 32767))
    ~ w1 = load_acquire((u32 *)(r3 + 0x7fff))
    1107fff43c3 ~ store_release((u32 *)(r3 + 32767), w4)
    ~ store_release((u32 *)(r3 + 0x7fff), w4)
    7fff3181 ~ r1 = *(s32 *)(r3 + 32767)
    ~ r1 = *(s32 *)(r3 + 0x7fff)
    7fff3179 ~ r1 = *(u64 *)(r3 + 32767)
    ~ r1 = *(u64 *)(r3 + 0x7fff)
    7fff437b ~ *(u64 *)(r3 + 32767) = r4
    ~ *(u64 *)(r3 + 0x7fff) = r4
    fffffffe7fff037a ~ *(u64 *)(r3 + 32767) = -2
    ~ *(u64 *)(r3 + 0x7fff) = -0x2
    1007fff31db ~ r1 = load_acquire((u64 *)(r3 + 32767))
    ~ r1 = load_acquire((u64 *)(r3 + 0x7fff))
    1107fff43db ~ store_release((u64 *)(r3 + 32767), r4)
    ~ store_release((u64 *)(r3 + 0x7fff), r4)
    8000a171 ~ w1 = *(u8 *)(r10 - 32768)
    ~ w1 = *(u8 *)(r10 - 0x8000)
    80004a73 ~ *(u8 *)(r10 - 32768) = w4
    ~ *(u8 *)(r10 - 0x8000) = w4
    fffffffe80000a72 ~ *(u8 *)(r10 - 32768) = -2
    ~ *(u8 *)(r10 - 0x8000) = -0x2
    1008000a1d3 ~ w1 = load_acquire((u8 *)(r10 - 32768))
    ~ w1 = load_acquire((u8 *)(r10 - 0x8000))
    11080004ad3 ~ store_release((u8 *)(r10 - 32768), w4)
    ~ store_release((u8 *)(r10 - 0x8000), w4)
    8000a191 ~ r1 = *(s8 *)(r10 - 32768)
    ~ r1 = *(s8 *)(r10 - 0x8000)
    8000a169 ~ w1 = *(u16 *)(r10 - 32768)
    ~ w1 = *(u16 *)(r10 - 0x8000)
    80004a6b ~ *(u16 *)(r10 - 32768) = w4
    ~ *(u16 *)(r10 - 0x8000) = w4
    fffffffe80000a6a ~ *(u16 *)(r10 - 32768) = -2
    ~ *(u16 *)(r10 - 0x8000) = -0x2
    1008000a1cb ~ w1 = load_acquire((u16 *)(r10 - 32768))
    ~ w1 = load_acquire((u16 *)(r10 - 0x8000))
    11080004acb ~ store_release((u16 *)(r10 - 32768), w4)
    ~ store_release((u16 *)(r10 - 0x8000), w4)
    8000a189 ~ r1 = *(s16 *)(r10 - 32768)
    ~ r1 = *(s16 *)(r10 - 0x8000)
    8000a161 ~ w1 = *(u32 *)(r10 - 32768)
    ~ w1 = *(u32 *)(r10 - 0x8000)
    80004a63 ~ *(u32 *)(r10 - 32768) = w4
    ~ *(u32 *)(r10 - 0x8000) = w4
    fffffffe80000a62 ~ *(u32 *)(r10 - 32768) = -2
    ~ *(u32 *)(r10 - 0x8000) = -0x2
    1008000a1c3 ~ w1 = load_acquire((u32 *)(r10 - 32768))
    ~ w1 = load_acquire((u32 *)(r10 - 0x8000))
    11080004ac3 ~ store_release((u32 *)(r10 - 32768), w4)
    ~ store_release((u32 *)(r10 - 0x8000), w4)
    8000a181 ~ r1 = *(s32 *)(r10 - 32768)
    ~ r1 = *(s32 *)(r10 - 0x8000)
    8000a179 ~ r1 = *(u64 *)(r10 - 32768)
    ~ r1 = *(u64 *)(r10 - 0x8000)
    80004a7b ~ *(u64 *)(r10 - 32768) = r4
    ~ *(u64 *)(r10 - 0x8000) = r4
    fffffffe80000a7a ~ *(u64 *)(r10 - 32768) = -2
    ~ *(u64 *)(r10 - 0x8000) = -0x2
    1008000a1db ~ r1 = load_acquire((u64 *)(r10 - 32768))
    ~ r1 = load_acquire((u64 *)(r10 - 0x8000))
    11080004adb ~ store_release((u64 *)(r10 - 32768), r4)
    ~ store_release((u64 *)(r10 - 0x8000), r4)
    17fff43c3 ~ w4 = atomic_fetch_add((u32 *)(r3 + 32767), w4)
    ~ w4 = atomic_fetch_add((u32 *)(r3 + 0x7fff), w4)
    180004ac3 ~ w4 = atomic_fetch_add((u32 *)(r10 - 32768), w4)
    ~ w4 = atomic_fetch_add((u32 *)(r10 - 0x8000), w4)
    417fff43c3 ~ w4 = atomic_fetch_or((u32 *)(r3 + 32767), w4)
    ~ w4 = atomic_fetch_or((u32 *)(r3 + 0x7fff), w4)
    4180004ac3 ~ w4 = atomic_fetch_or((u32 *)(r10 - 32768), w4)
    ~ w4 = atomic_fetch_or((u32 *)(r10 - 0x8000), w4)
    517fff43c3 ~ w4 = atomic_fetch_and((u32 *)(r3 + 32767), w4)
    ~ w4 = atomic_fetch_and((u32 *)(r3 + 0x7fff), w4)
    5180004ac3 ~ w4 = atomic_fetch_and((u32 *)(r10 - 32768), w4)
    ~ w4 = atomic_fetch_and((u32 *)(r10 - 0x8000), w4)
    a17fff43c3 ~ w4 = atomic_fetch_xor((u32 *)(r3 + 32767), w4)
    ~ w4 = atomic_fetch_xor((u32 *)(r3 + 0x7fff), w4)
    a180004ac3 ~ w4 = atomic_fetch_xor((u32 *)(r10 - 32768), w4)
    ~ w4 = atomic_fetch_xor((u32 *)(r10 - 0x8000), w4)
    7fff43c3 ~ lock *(u32 *)(r3 + 32767) += w4
    ~ lock *(u32 *)(r3 + 0x7fff) += w4
    80004ac3 ~ lock *(u32 *)(r10 - 32768) += w4
    ~ lock *(u32 *)(r10 - 0x8000) += w4
    407fff43c3 ~ lock *(u32 *)(r3 + 32767) |= w4
    ~ lock *(u32 *)(r3 + 0x7fff) |= w4
    4080004ac3 ~ lock *(u32 *)(r10 - 32768) |= w4
    ~ lock *(u32 *)(r10 - 0x8000) |= w4
    507fff43c3 ~ lock *(u32 *)(r3 + 32767) &= w4
    ~ lock *(u32 *)(r3 + 0x7fff) &= w4
    5080004ac3 ~ lock *(u32 *)(r10 - 32768) &= w4
    ~ lock *(u32 *)(r10 - 0x8000) &= w4
    a07fff43c3 ~ lock *(u32 *)(r3 + 32767) ^= w4
    ~ lock *(u32 *)(r3 + 0x7fff) ^= w4
    a080004ac3 ~ lock *(u32 *)(r10 - 32768) ^= w4
    ~ lock *(u32 *)(r10 - 0x8000) ^= w4
    e17fff43c3 ~ w4 = xchg32_32(r3 + 32767, w4)
    ~ w4 = xchg32_32(r3 + 0x7fff, w4)
    e180004ac3 ~ w4 = xchg32_32(r10 - 32768, w4)
    ~ w4 = xchg32_32(r10 - 0x8000, w4)
    f17fff43c3 ~ w0 = cmpxchg32_32(r3 + 32767, w0, w4)
    ~ w0 = cmpxchg32_32(r3 + 0x7fff, w0, w4)
    f180004ac3 ~ w0 = cmpxchg32_32(r10 - 32768, w0, w4)
    ~ w0 = cmpxchg32_32(r10 - 0x8000, w0, w4)
    17fff43db ~ r4 = atomic_fetch_add((u64 *)(r3 + 32767), r4)
    ~ r4 = atomic_fetch_add((u64 *)(r3 + 0x7fff), r4)
    180004adb ~ r4 = atomic_fetch_add((u64 *)(r10 - 32768), r4)
    ~ r4 = atomic_fetch_add((u64 *)(r10 - 0x8000), r4)
    417fff43db ~ r4 = atomic_fetch_or((u64 *)(r3 + 32767), r4)
    ~ r4 = atomic_fetch_or((u64 *)(r3 + 0x7fff), r4)
    4180004adb ~ r4 = atomic_fetch_or((u64 *)(r10 - 32768), r4)
    ~ r4 = atomic_fetch_or((u64 *)(r10 - 0x8000), r4)
    517fff43db ~ r4 = atomic_fetch_and((u64 *)(r3 + 32767), r4)
    ~ r4 = atomic_fetch_and((u64 *)(r3 + 0x7fff), r4)
    5180004adb ~ r4 = atomic_fetch_and((u64 *)(r10 - 32768), r4)
    ~ r4 = atomic_fetch_and((u64 *)(r10 - 0x8000), r4)
    a17fff43db ~ r4 = atomic_fetch_xor((u64 *)(r3 + 32767), r4)
    ~ r4 = atomic_fetch_xor((u64 *)(r3 + 0x7fff), r4)
    a180004adb ~ r4 = atomic_fetch_xor((u64 *)(r10 - 32768), r4)
    ~ r4 = atomic_fetch_xor((u64 *)(r10 - 0x8000), r4)
    7fff43db ~ lock *(u64 *)(r3 + 32767) += r4
    ~ lock *(u64 *)(r3 + 0x7fff) += r4
    80004adb ~ lock *(u64 *)(r10 - 32768) += r4
    ~ lock *(u64 *)(r10 - 0x8000) += r4
    407fff43db ~ lock *(u64 *)(r3 + 32767) |= r4
    ~ lock *(u64 *)(r3 + 0x7fff) |= r4
    4080004adb ~ lock *(u64 *)(r10 - 32768) |= r4
    ~ lock *(u64 *)(r10 - 0x8000) |= r4
    507fff43db ~ lock *(u64 *)(r3 + 32767) &= r4
    ~ lock *(u64 *)(r3 + 0x7fff) &= r4
    5080004adb ~ lock *(u64 *)(r10 - 32768) &= r4
    ~ lock *(u64 *)(r10 - 0x8000) &= r4
    a07fff43db ~ lock *(u64 *)(r3 + 32767) ^= r4
    ~ lock *(u64 *)(r3 + 0x7fff) ^= r4
    a080004adb ~ lock *(u64 *)(r10 - 32768) ^= r4
    ~ lock *(u64 *)(r10 - 0x8000) ^= r4
    e17fff43db ~ r4 = xchg_64(r3 + 32767, r4)
    ~ r4 = xchg_64(r3 + 0x7fff, r4)
    e180004adb ~ r4 = xchg_64(r10 - 32768, r4)
    ~ r4 = xchg_64(r10 - 0x8000, r4)
    f17fff43db ~ r0 = cmpxchg_64(r3 + 32767, r0, r4)
    ~ r0 = cmpxchg_64(r3 + 0x7fff, r0, r4)
    f180004adb ~ r0 = cmpxchg_64(r10 - 32768, r0, r4)
    ~ r0 = cmpxchg_64(r10 - 0x8000, r0, r4)
    818 0 ~ r8 = 0 ll
    ~ r8 = 0x0 ll
    500000818 0 ~ r8 = 5 ll
    ~ r8 = 0x5 ll
    ffffffff00000818 0 ~ r8 = 4294967295 ll
    ~ r8 = 0xffffffff ll
    5566778800000818 1122334400000000 ~ r8 = 1234605616436508552 ll
    ~ r8 = 0x1122334455667788 ll
    ffffffff00000818 7fffffff00000000 ~ r8 = 9223372036854775807 ll
    ~ r8 = 0x7fffffffffffffff ll
    818 8000000000000000 ~ r8 = -9223372036854775808 ll
    ~ r8 = -0x8000000000000000 ll
    ffffffff00000818 ffffffff00000000 ~ r8 = -1 ll
    ~ r8 = -0x1 ll
    e00000030 ~ r0 = *(u8 *)skb[14]
    ~ r0 = *(u8 *)skb[0xe]
    ffe0000000000030 ~ r0 = *(u8 *)skb[-2097152]
    ~ r0 = *(u8 *)skb[-0x200000]
    6050 ~ r0 = *(u8 *)skb[r6]
    e00000028 ~ r0 = *(u16 *)skb[14]
    ~ r0 = *(u16 *)skb[0xe]
    ffe0000000000028 ~ r0 = *(u16 *)skb[-2097152]
    ~ r0 = *(u16 *)skb[-0x200000]
    6048 ~ r0 = *(u16 *)skb[r6]
    e00000020 ~ r0 = *(u32 *)skb[14]
    ~ r0 = *(u32 *)skb[0xe]
    ffe0000000000020 ~ r0 = *(u32 *)skb[-2097152]
    ~ r0 = *(u32 *)skb[-0x200000]
    6040 ~ r0 = *(u32 *)skb[r6]
    """
