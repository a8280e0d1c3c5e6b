/// Tests of runs in folders, on whole, failing and interrupted disks.
@NullMarked
package dev.weir.store.folder;

import org.jspecify.annotations.NullMarked;
