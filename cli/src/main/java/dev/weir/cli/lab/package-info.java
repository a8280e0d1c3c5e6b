/// Commands that run experiments: `bench`, `record`, `demo` and `compare`. The experiments
/// themselves are in the module lab.
///
/// Read [RecordCommand] first, the shortest. [LabOptions] are the options of recording; the
/// `Compare...Options` are those of a comparison.
@NullMarked
package dev.weir.cli.lab;

import org.jspecify.annotations.NullMarked;
