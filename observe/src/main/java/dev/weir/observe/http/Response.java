package dev.weir.observe.http;

/// What a server answers.
public sealed interface Response permits HeldResponse, StreamedResponse {}
