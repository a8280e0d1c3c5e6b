package dev.weir.observe.wire;

/// What a server answers.
public sealed interface Response permits HeldResponse, StreamedResponse {}
