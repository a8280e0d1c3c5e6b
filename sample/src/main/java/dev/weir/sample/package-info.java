/// primecheck, the web app that experiments put load on: each request costs CPU time drawn from a
/// law, under an emulated quota. It is a program of its own and uses nothing of Weir. Start with
/// [PrimeCheck], then [Worker].
@NullMarked
package dev.weir.sample;

import org.jspecify.annotations.NullMarked;
