/// TLS for every module: PEM files to certificates and keys, and these to TLS contexts.
///
/// [PemFile] reads, [TlsContexts] decides who is trusted. [PrivateCa] issues the certificates of
/// the monitoring agents, and [TlsIdentity] is one side of their mutual TLS. All reads are bounded
/// ([BoundedFile]). Start with [TlsContexts].
@NullMarked
package dev.weir.tls;

import org.jspecify.annotations.NullMarked;
