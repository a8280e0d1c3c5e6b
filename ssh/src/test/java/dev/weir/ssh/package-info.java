/// Tests of SSH, against a real sshd on loopback.
@NullMarked
package dev.weir.ssh;

import org.jspecify.annotations.NullMarked;
