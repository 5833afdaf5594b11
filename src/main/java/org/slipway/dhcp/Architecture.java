package org.slipway.dhcp;

import java.util.Optional;

/**
 * What a boot file is made for: option 93 (RFC 4578 section 2.1 and the IANA registry). Values that
 * differ only in how the file comes are one.
 */
enum Architecture {
  BIOS("bios"),
  X86("x86"),
  X64("x64"),
  ARM32("arm32"),
  ARM64("arm64"),
  ARM32_UBOOT("arm32-uboot"),
  ARM64_UBOOT("arm64-uboot"),
  RISCV32("riscv32"),
  RISCV64("riscv64");

  /**
   * EFI byte code by the registry. By an older table x64 had it, and firmware that went by that is
   * in use.
   */
  static final int EBC = 9;

  private static final int EBC_HTTP = 17;

  private final String word;

  Architecture(String word) {
    this.word = word;
  }

  /** How the options of a device or a network name it. */
  String word() {
    return word;
  }

  /**
   * @param ebcIsX64 whether byte code is taken for x64
   */
  static Optional<Architecture> of(int code, boolean ebcIsX64) {
    return switch (code) {
      case 0, 1, 20 -> Optional.of(BIOS);
      case 6, 15 -> Optional.of(X86);
      case 7, 16 -> Optional.of(X64);
      case EBC, EBC_HTTP -> ebcIsX64 ? Optional.of(X64) : Optional.empty();
      case 10, 18 -> Optional.of(ARM32);
      case 11, 19 -> Optional.of(ARM64);
      case 21, 23 -> Optional.of(ARM32_UBOOT);
      case 22, 24 -> Optional.of(ARM64_UBOOT);
      case 25, 26 -> Optional.of(RISCV32);
      case 27, 28 -> Optional.of(RISCV64);
      default -> Optional.empty();
    };
  }
}
