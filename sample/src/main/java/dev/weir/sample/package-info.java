/// primecheck, the web app under load in experiments: each request costs CPU time drawn from a law,
/// under an emulated quota. It is a separate program and uses nothing of Weir. Start with
/// [PrimeCheck], then [Worker].
@NullMarked
package dev.weir.sample;

import org.jspecify.annotations.NullMarked;
